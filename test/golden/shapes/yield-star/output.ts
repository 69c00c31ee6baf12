// @trace
const __sw = require("spanwright/runtime"); async function* pages(first: Pages, client: Client) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([first, client]) : __sw.off; try {
  __swF.resume(yield* __swF.delegate(first, true));
  const last = __swF.resume(yield* __swF.delegate(client.pages()));
  return __swF.ret(last);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/yield-star.ts", [{"name":"pages","line":2,"kind":"asyncGenerator","params":["first","client"],"runsOn":true}]))[i]; }
