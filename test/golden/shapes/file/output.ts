// @trace file
import * as __sw from "spanwright/runtime"; export function read() { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
export const write = () => { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();};
function helper() {}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/file.ts", [{"name":"read","line":2,"leaf":true}, {"name":"write","line":3,"leaf":true}]))[i]; }
