import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace { name: "commented" }
const ask = (question: string) => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try { return __swF.ret(model(question)); } catch (__swE) { throw __swF.fail(__swE); } } ;

const call = () => { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {
  
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();};
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/SW1014.ts", [{"name":"ask","line":4,"params":["question"],"options":{"name":"wrapped"}}, {"name":"call","line":6,"leaf":true,"options":{"name":"called"}}]))[i]; }
