// @trace
const __sw = require("spanwright/runtime"); async function guarded() { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try {
  try {
    __swF.resume(await __swF.suspend(open()));
  } catch (__swE) { __swF.caught(__swE); let { message } = __swE; {
    report(message);
  } }
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/catch-with-a-pattern.ts", [{"name":"guarded","line":2,"kind":"async"}]))[i]; }
