import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";
import * as sw from "spanwright";

async function invoke(prompt: string, apiKey: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([prompt]) : __sw.off; try {
  
  return __swF.ret(call(prompt, apiKey));
} catch (__swE) { throw __swF.fail(__swE); }}

async function* predict(messages: Message[]) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([messages]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({
    spanType: "LLM",
    attributes: { user: currentUser.id, ...(__swF.resume(await __swF.suspend(extra()))) },
    outputReducer: joinChunks,
  }); } catch (__swE) { __swF.misconfigured(__swE); };
  __swV(yield* __swD(model(messages), __swF), __swF);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

const plain = () => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {
  
  return __swF.ret(1);
} catch (__swE) { throw __swF.fail(__swE); }};
var __sw0, __sw1, __sw2, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/marker-call.ts", [{"name":"invoke","line":4,"kind":"async","params":["prompt"],"options":{"name":"call-local-llm","spanType":"LLM","root":true}}, {"name":"predict","line":9,"kind":"asyncGenerator","params":["messages"],"runsOn":true,"options":{"spanType":"LLM"}}, {"name":"plain","line":18,"leaf":true}]))[i]; }
