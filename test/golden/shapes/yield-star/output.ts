// @trace
const __sw = require("spanwright/runtime"); async function* pages(first: Pages, client: Client) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([first, client]) : __sw.off; try {
  __swV(yield* __swD(first, __swF, true), __swF);
  const last = __swV(yield* __swD(client.pages(), __swF), __swF);
  return __swF.ret(last);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/yield-star.ts", [{"name":"pages","line":2,"kind":"asyncGenerator","params":["first","client"],"runsOn":true}]))[i]; }
