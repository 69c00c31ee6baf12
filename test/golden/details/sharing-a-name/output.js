// @trace
const __sw = require("spanwright/runtime"); function shared(input) { var second, third, fourth; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([input]) : __sw.off; try {
  void ( first = 1, second = 2, { third, list } = input);
  function first() {}
  void function list() { return 1; };
  function list() { return 2; }
  for ( first = 0, fourth; first < 2; first++) list();
  for ( list of [list]) fourth = list;
  return __swF.ret([first, second, third, fourth, typeof list]);
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/sharing-a-name.js", [{"name":"shared","line":2,"params":["input"]}]))[i]; }
