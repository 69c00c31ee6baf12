#!/usr/bin/env node
"use strict"
var 𠮷 = "😀";
function f(é) { "use strict"
  return 𠮷 + é }
function g() { "not a directive".length
  return this }
console.log(f("x"), g() === undefined, (function () { return typeof this })())
const h = (a) => a
;[1].forEach(function (x) { console.log(h(x)) })