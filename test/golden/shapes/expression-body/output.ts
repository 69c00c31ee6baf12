// @trace
const __sw = require("spanwright/runtime"); const add = (x: number, y: number) => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x, y]) : __sw.off; try { return __swF.ret(x + y); } catch (__swE) { throw __swF.fail(__swE); } };

// @trace
const pair = async (x: number) => { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try { return __swF.ret(({ x, y: __swF.resume(await __swF.suspend(half(x))) })); } catch (__swE) { throw __swF.fail(__swE); } };
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/expression-body.ts", [{"name":"add","line":2,"params":["x","y"],"leaf":true}, {"name":"pair","line":5,"kind":"async","params":["x"]}]))[i]; }
