// @trace
const __sw = require("spanwright/runtime"); function read(file: File) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([file]) : __sw.off; try {
  try {
    return __swF.ret(file.read());
  } finally {
    file.close();
  }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function first(rows: Iterable<Row>) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([rows]) : __sw.off; try {
  for (const row of rows) return __swF.ret(row);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/return-before-finally.ts", [{"name":"read","line":2,"params":["file"],"runsOn":true}, {"name":"first","line":11,"params":["rows"],"runsOn":true}]))[i]; }
