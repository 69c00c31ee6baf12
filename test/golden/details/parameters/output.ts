// @trace
const __sw = require("spanwright/runtime"); function all(this: Window, a: number, { b, c: { d }, ...rest }: Row, [e, , f = 1, ...g]: List, ...h: string[]) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([a, b, d, rest, e, f, g, h]) : __sw.off; try {
  log(a);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { inputs: ["prompt", "arg2"] }
function some(prompt: string, apiKey: string, { model }: Settings) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([prompt, model]) : __sw.off; try {
  log(prompt);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace { inputs: false, outputs: false }
function none(password: string) { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open() : __sw.off; try {
  return __swF.ret(check(password));
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __sw1, __sw2, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/parameters.ts", [{"name":"all","line":2,"params":["a",["arg1",{"b":0,"c":{"d":0},"...":0}],["arg2",[0,null,0,"..."]],"h"]}, {"name":"some","line":7,"params":["prompt",["arg2",{"model":0}]]}, {"name":"none","line":12,"options":{"outputs":false,"inputs":false}}]))[i]; }
