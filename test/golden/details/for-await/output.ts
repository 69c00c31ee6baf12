// @trace
const __sw = require("spanwright/runtime"); async function drain(streams: AsyncIterable<AsyncIterable<string>>) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([streams]) : __sw.off; try {
  let text = "";
  { outer: for await (const stream of __swF.iterate(streams, "streams")) { __swF.resume();
    try { for await (const chunk of __swF.iterate(stream, "stream")) { __swF.resume();
      if (chunk === "") continue outer;
      text += chunk;
    } } finally { __swF.resume(); }
  } __swF.resume(); }
  if (text) { for await (const stream of __swF.iterate(streams, "streams")) { __swF.resume(); { for await (const chunk of __swF.iterate(stream, "stream")) { __swF.resume(); text += chunk; } __swF.resume(); } } __swF.resume(); }
  else { for await (text of __swF.iterate(__swF.resume(await __swF.suspend(last(streams))))) { __swF.resume(); log(text); } __swF.resume(); }
  return __swF.ret(text);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/for-await.ts", [{"name":"drain","line":2,"kind":"async","params":["streams"]}]))[i]; }
