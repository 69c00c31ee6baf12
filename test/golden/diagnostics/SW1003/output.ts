// @trace { nam: "x" }
const __sw = require("spanwright/runtime"); function misspelt() { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { colour: "red" }
function unknown() { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/SW1003.ts", [{"name":"misspelt","line":2,"leaf":true}, {"name":"unknown","line":5,"leaf":true}]))[i]; }
