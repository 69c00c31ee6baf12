import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

export const letters = ((__swO) => ({ ["letters"]: function* (text: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([text]) : __sw.off; try { if (__swF.on) __swF.configure(__swO);
  __swV(yield* __swD(text, __swF, true), __swF);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }} })["letters"])( { outputReducer: joinChunks });
var __sw0, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/wrapper-with-code.ts", [{"name":"letters","line":3,"kind":"generator","params":["text"],"runsOn":true}]))[i]; }
