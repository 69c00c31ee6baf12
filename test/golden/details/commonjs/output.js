#!/usr/bin/env node
"use strict"
const __sw = require("spanwright/runtime"); const { trace } = require("spanwright");
const { readFileSync } = require("node:fs");

exports.read = read;
// @trace
function read(path) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([path]) : __sw.off; try {
  return __swF.ret(readFileSync(path, "utf8"));
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
module.exports.size = (path) => { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([path]) : __sw.off; try { return __swF.ret(read(path).length); } catch (__swE) { throw __swF.fail(__swE); } };

exports.first = function (list) { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([list]) : __sw.off; try {
  
  return __swF.ret(list[0]);
} catch (__swE) { throw __swF.fail(__swE); }};
var __sw0, __sw1, __sw2, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/commonjs.js", [{"name":"read","line":8,"params":["path"]}, {"name":"size","line":13,"params":["path"]}, {"name":"first","line":15,"params":["list"],"options":{"name":"first of list"}}]))[i]; }
