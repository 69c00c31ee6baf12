// @trace
const __sw = require("spanwright/runtime"); function* count(limit: number) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([limit]) : __sw.off; try {
  const stop = __swF.resume(yield __swF.chunk(limit));
  __swF.resume(yield __swF.chunk())
  return __swF.ret(stop);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/yield.ts", [{"name":"count","line":2,"kind":"generator","params":["limit"],"runsOn":true}]))[i]; }
