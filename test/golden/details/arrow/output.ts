// @trace
import * as __sw from "spanwright/runtime"; const add = (x: number, y: number) => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x, y]) : __sw.off; try { return __swF.ret(x + y); } catch (__swE) { throw __swF.fail(__swE); } };

// @trace
export const pair = (x: number) => { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try { return __swF.ret(({ x, y: x })); } catch (__swE) { throw __swF.fail(__swE); } };

// @trace
const load = async (id: string) => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([id]) : __sw.off; try { return __swF.ret(__swF.resume(await __swF.suspend(fetch(`/rows/${id}`)))); } catch (__swE) { throw __swF.fail(__swE); } };

// @trace
const block = (x: number) => { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); }};

list.map(/* @trace */ (item) => { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([item]) : __sw.off; try { return __swF.ret(item.name); } catch (__swE) { throw __swF.fail(__swE); } });
var __sw0, __sw1, __sw2, __sw3, __sw4, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/arrow.ts", [{"name":"add","line":2,"params":["x","y"],"leaf":true}, {"name":"pair","line":5,"params":["x"],"leaf":true}, {"name":"load","line":8,"kind":"async","params":["id"]}, {"name":"block","line":11,"params":["x"],"leaf":true}, {"name":"<anonymous>","line":15,"params":["item"]}]))[i]; }
