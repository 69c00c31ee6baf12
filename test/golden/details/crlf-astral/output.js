// @trace
const __sw = require("spanwright/runtime"); function f(x) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try {
  // 😀 astral
  return __swF.ret("😀" + g(x)); /* 😀 */ } catch (__swE) { throw __swF.fail(__swE); }}
var tail = f
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/crlf-astral.js", [{"name":"f","line":2,"params":["x"]}]))[i]; }
