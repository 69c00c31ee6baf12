// @trace { spanType: SpanType.LLM, ...shared }
const __sw = require("spanwright/runtime"); function ask(question: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/SW1004.ts", [{"name":"ask","line":2,"params":["question"],"leaf":true}]))[i]; }
