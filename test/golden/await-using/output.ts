// @trace
const __sw = require("spanwright/runtime"); async function transaction(pool: Pool) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([pool]) : __sw.off; try {
  using __swU0 = __swF.reentry(); const connection = __swF.resume(await __swF.suspend(pool.connect())); await using __swR0 = __swF.disposable(connection); const lock = connection.lock(); await using __swR1 = __swF.disposable(lock, true);
  {
    using __swU2 = __swF.reentry(); const cursor = connection.cursor(); await using __swR2 = __swF.disposable(cursor);
    cursor.read();
    const nothing = null; await using __swR3 = __swF.disposable(nothing, true)
    cursor.read();
  }
  for (const handle of pool.handles) { using __swU4 = __swF.reentry(); await using __swR4 = __swF.disposable(handle, true); handle.ping(); }
  return __swF.ret(connection.commit());
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(1, "src/await-using.ts", [{"name":"transaction","line":2,"kind":"async","params":["pool"]}]))[i]; }
