// @trace
const __sw = require("spanwright/runtime"); async function load(ids: string[]) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([ids]) : __sw.off; try {
  try {
    const first = __swF.resume(await __swF.suspend(fetchOne(ids[0]!)));
    return __swF.ret(__swF.resume(await __swF.suspend((fetchTwo(first, __swF.resume(await __swF.suspend(limit())))))));
  } catch (error) { __swF.caught(error);
    __swF.resume(await __swF.suspend(report(error)));
    throw error;
  } finally { __swF.resume();
    __swF.resume(await __swF.suspend(close()));
  }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/async.ts", [{"name":"load","line":2,"kind":"async","params":["ids"],"runsOn":true}]))[i]; }
