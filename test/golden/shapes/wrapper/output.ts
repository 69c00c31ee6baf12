import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

export const answer = async (question: string) => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try {
  return __swF.ret(__swF.resume(await __swF.suspend(model(question))));
} catch (__swE) { throw __swF.fail(__swE); }} ;

(function main() { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();})();
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/wrapper.ts", [{"name":"answer","line":3,"kind":"async","params":["question"],"options":{"spanType":"LLM"}}, {"name":"main","line":7,"leaf":true}]))[i]; }
