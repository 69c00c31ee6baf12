const __sw1_ = require("spanwright/runtime"); const __sw = 1;

// @trace
const twice = () => { const __sw1_F = (__sw1_0 ??= __sw1_S(0)).on ? __sw1_0.open([]) : __sw1_.off; try { return __sw1_F.ret(__sw * 2); } catch (__sw1_E) { throw __sw1_F.fail(__sw1_E); } };
var __sw1_0, __sw1_T; function __sw1_S(i) { return (__sw1_T ??= __sw1_.sites(2, "src/names-in-use.js", [{"name":"twice","line":4,"leaf":true}]))[i]; }
