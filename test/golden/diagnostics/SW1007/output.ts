// @trace always
const __sw = require("spanwright/runtime"); function words() { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { name: "x"
function unclosed() { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/SW1007.ts", [{"name":"words","line":2,"leaf":true}, {"name":"unclosed","line":5,"leaf":true}]))[i]; }
