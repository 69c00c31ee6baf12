// @trace
import * as __sw from "spanwright/runtime"; export function add(x: number, y: number) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x, y]) : __sw.off; try {
  return __swF.ret(x + y);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/module.ts", [{"name":"add","line":2,"params":["x","y"],"leaf":true}]))[i]; }
