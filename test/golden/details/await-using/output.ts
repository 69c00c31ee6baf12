// @trace
const __sw = require("spanwright/runtime"); async function transaction(pool: Pool) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([pool]) : __sw.off; try {
  using __swU0 = __swF.reentry(); const connection = __swF.resume(await __swF.suspend(pool.connect())); await using __swR0 = __swF.disposable(connection); const lock = connection.lock(); await using __swR1 = __swF.disposable(lock, true);
  { try {
    using __swU2 = __swF.reentry(); const cursor = connection.cursor(); await using __swR2 = __swF.disposable(cursor);
    cursor.read();
    const nothing = null; await using __swR3 = __swF.disposable(nothing, true)
    cursor.read();
  } finally { __swF.resume(); } }
  for (const handle of pool.handles) { try { using __swU4 = __swF.reentry(); await using __swR4 = __swF.disposable(handle, true); handle.ping(); } finally { __swF.resume(); }}
  return __swF.ret(connection.commit());
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function blocks(pools: AsyncIterable<Pool>) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([pools]) : __sw.off; try {
  try {
    __swF.resume(await __swF.suspend(pools));
  } catch { __swF.resume(); try {
    using __swU5 = __swF.reentry(); const log = open(); await using __swR5 = __swF.disposable(log, true);
    using file = log.file();
    using __swU6 = __swF.reentry(); const other = open(); await using __swR6 = __swF.disposable(other, true)
  } finally { __swF.resume(); } }
  { for await (const pool of __swF.iterate(pools, "pools")) { __swF.resume(); try { using __swU7 = __swF.reentry(); await using __swR7 = __swF.disposable(pool, true); try {
    using __swU8 = __swF.reentry(); const handle = pool.handle(); await using __swR8 = __swF.disposable(handle, true);
    if (handle.idle) continue;
  } finally { __swF.resume(); } } finally { __swF.resume(); } } __swF.resume(); }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/await-using.ts", [{"name":"transaction","line":2,"kind":"async","params":["pool"],"runsOn":true}, {"name":"blocks","line":15,"kind":"async","params":["pools"],"runsOn":true}]))[i]; }
