// @trace
const __sw = require("spanwright/runtime"); function search(query: string, { page, size = 20, ...filters }: Query, [first, , ...others]: Scope[], ...more: string[]) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([query, page, size, filters, first, others, more]) : __sw.off; try {
  run(query);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { inputs: ["query"] }
function login(query: string, password: string) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([query]) : __sw.off; try {
  run(query);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { inputs: false }
function check(password: string) { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open() : __sw.off; try {
  run(password);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
var __sw0, __sw1, __sw2, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/parameters.ts", [{"name":"search","line":2,"params":["query",["arg1",{"page":0,"size":0,"...":0}],["arg2",[0,null,"..."]],"more"]}, {"name":"login","line":7,"params":["query"]}, {"name":"check","line":12,"options":{"inputs":false}}]))[i]; }
