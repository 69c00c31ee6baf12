// @trace { spanType: "TOOL" }
const __sw = require("spanwright/runtime"); class Tools {
  search(text: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([text]) : __sw.off; try {
    return __swF.ret(find(text));
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace off
  secret() {}

  // @trace { name: "clock" }
  static now() { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {
    return __swF.ret(Date.now());
  } catch (__swE) { throw __swF.fail(__swE); }}
}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/class-mark.ts", [{"name":"search","qualified":"Tools.search","line":3,"params":["text"],"options":{"spanType":"TOOL"}}, {"name":"now","qualified":"Tools.now","line":11,"options":{"name":"clock"}}]))[i]; }
