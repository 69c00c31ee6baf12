// @trace
const __sw = require("spanwright/runtime"); function counter(start) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([start]) : __sw.off; try {
  void ( next = start);
  function next() {}
  return __swF.ret(next);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/var-and-function.js", [{"name":"counter","line":2,"params":["start"],"leaf":true}]))[i]; }
