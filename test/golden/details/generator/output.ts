// @trace
const __sw = require("spanwright/runtime"); function* count(limit: number): Generator<number, string, boolean> { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([limit]) : __sw.off; try {
  for (let i = 0; i < limit; i++) {
    const stop = __swF.resume(yield __swF.chunk(i));
    if (stop) return __swF.ret("stopped");
  }
  __swV(yield* __swD(rest(limit), __swF), __swF);
  __swF.resume(yield __swF.chunk())
  return __swF.ret("done");
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* pages(client: Client) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([client]) : __sw.off; try {
  for (const page of __swF.resume(await __swF.suspend(client.pages()))) __swF.resume(yield __swF.chunk(page));
  __swV(yield* __swD(client.more(), __swF), __swF);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __sw1, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/generator.ts", [{"name":"count","line":2,"kind":"generator","params":["limit"],"runsOn":true}, {"name":"pages","line":13,"kind":"asyncGenerator","params":["client"],"runsOn":true}]))[i]; }
