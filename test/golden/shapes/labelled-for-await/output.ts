// @trace
const __sw = require("spanwright/runtime"); async function find(rows: AsyncIterable<Row[]>) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([rows]) : __sw.off; try {
  { rows: for await (const row of __swF.iterate(rows, "rows"))
    { __swF.resume(); for (const cell of row) if (cell.empty) continue rows; } __swF.resume(); }
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/labelled-for-await.ts", [{"name":"find","line":2,"kind":"async","params":["rows"]}]))[i]; }
