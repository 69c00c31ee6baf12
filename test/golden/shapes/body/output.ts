// @trace
const __sw = require("spanwright/runtime"); function greet(name: string) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([name]) : __sw.off; try {
  console.log(name);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/body.ts", [{"name":"greet","line":2,"params":["name"]}]))[i]; }
