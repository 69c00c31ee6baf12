// @trace
const __sw = require("spanwright/runtime"); async function transaction(pool: Pool) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([pool]) : __sw.off; try {
  using __swU0 = __swF.reentry(); const connection = pool.connect(); await using __swR0 = __swF.disposable(connection); const lock = connection.lock(); await using __swR1 = __swF.disposable(lock, true);
  __swF.resume(await __swF.suspend(lock.taken()));
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/await-using.ts", [{"name":"transaction","line":2,"kind":"async","params":["pool"],"runsOn":true}]))[i]; }
