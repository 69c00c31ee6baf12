import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

async function* chat(messages: Message[], user: User) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([messages, user]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ spanType: "LLM", attributes: { user: user.id }, outputReducer: joinChunks }); } catch (__swE) { __swF.misconfigured(__swE); };
  __swV(yield* __swD(model(messages), __swF), __swF);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
var __sw0, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/marker-call-with-code.ts", [{"name":"chat","line":3,"kind":"asyncGenerator","params":["messages","user"],"runsOn":true,"options":{"spanType":"LLM"}}]))[i]; }
