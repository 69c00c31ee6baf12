"use strict";

// @trace
const __sw = require("spanwright/runtime"); exports.add = function (x, y) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x, y]) : __sw.off; try {
  return __swF.ret(x + y);
} catch (__swE) { throw __swF.fail(__swE); }};
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/commonjs.js", [{"name":"add","line":4,"params":["x","y"],"leaf":true}]))[i]; }
