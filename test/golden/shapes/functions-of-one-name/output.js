// @trace
const __sw = require("spanwright/runtime"); function twice() { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try {
  void function pick() { return 1; };
  function pick() { return 2; }
  return __swF.ret(pick());
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/functions-of-one-name.js", [{"name":"twice","line":2}]))[i]; }
