// @trace
const __sw = require("spanwright/runtime"); async function first(rows: Promise<Row[]>) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([rows]) : __sw.off; try {
  const [row] = __swF.resume(await __swF.suspend(rows), true);
  return __swF.ret(row);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/array-pattern.ts", [{"name":"first","line":2,"kind":"async","params":["rows"]}]))[i]; }
