// @trace
const __sw = require("spanwright/runtime"); async function find(groups: AsyncIterable<Row>[]) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([groups]) : __sw.off; try {
  groups: for (const rows of groups)
    try { for await (const row of __swF.iterate(rows, "rows")) { __swF.resume(); if (row.empty) continue groups; } } finally { __swF.resume(); }
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/for-await-left-early.ts", [{"name":"find","line":2,"kind":"async","params":["groups"]}]))[i]; }
