import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace { name: "", outputReducer: "join" }
function ask(question: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

function call(names: string[]) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([names]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ inputs: names, attributes: 1 }); } catch (__swE) { __swF.misconfigured(__swE); };
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { name: "one of several" }
class Tools {
  search() { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
}
var __sw0, __sw1, __sw2, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/SW1005.ts", [{"name":"ask","line":4,"params":["question"],"leaf":true}, {"name":"call","line":6,"params":["names"]}, {"name":"search","qualified":"Tools.search","line":12,"leaf":true,"options":{"name":"one of several"}}]))[i]; }
