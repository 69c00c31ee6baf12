// @trace
const __sw = require("spanwright/runtime"); async function drain(chunks: AsyncIterable<string>) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([chunks]) : __sw.off; try {
  let text = "";
  { for await (const chunk of __swF.iterate(chunks, "chunks")) { __swF.resume();
    text += chunk;
  } __swF.resume(); }
  return __swF.ret(text);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/for-await.ts", [{"name":"drain","line":2,"kind":"async","params":["chunks"]}]))[i]; }
