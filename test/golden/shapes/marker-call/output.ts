import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

function ask(question: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try {
  
  return __swF.ret(model(question));
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/marker-call.ts", [{"name":"ask","line":3,"params":["question"],"options":{"name":"ask","spanType":"LLM"}}]))[i]; }
