import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace
const square = (x: number) => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try { return __swF.ret(pow(x, 2)); } catch (__swE) { throw __swF.fail(__swE); } };
const pow = trace(Math.pow);
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/wrapper-around-a-value.ts", [{"name":"square","line":4,"params":["x"]}]))[i]; }
