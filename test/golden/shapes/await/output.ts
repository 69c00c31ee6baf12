// @trace
const __sw = require("spanwright/runtime"); async function load(id: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([id]) : __sw.off; try {
  const row = __swF.resume(await __swF.suspend(fetchRow(id)));
  return __swF.ret(__swF.resume(await __swF.suspend((parse(row)))));
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/await.ts", [{"name":"load","line":2,"kind":"async","params":["id"]}]))[i]; }
