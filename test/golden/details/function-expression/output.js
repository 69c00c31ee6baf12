// @trace
const __sw = require("spanwright/runtime"); const add = function (x, y) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x, y]) : __sw.off; try {
  return __swF.ret(x + y);
} catch (__swE) { throw __swF.fail(__swE); }};

const named = {
  // @trace
  plus: function plus(x, y) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x, y]) : __sw.off; try {
    if (x > y) return __swF.end();
    return __swF.ret(y);
  } catch (__swE) { throw __swF.fail(__swE); }},
};

// @trace
function both() { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {
  return __swF.ret((step(), last()));
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __sw1, __sw2, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/function-expression.js", [{"name":"add","line":2,"params":["x","y"],"leaf":true}, {"name":"plus","qualified":"named.plus","line":8,"params":["x","y"],"leaf":true}, {"name":"both","line":15}]))[i]; }
