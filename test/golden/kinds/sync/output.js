import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace
function declaration(x) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
const expression = function (x) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try {
  return;
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }};

// @trace
const concise = (x) => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([x]) : __sw.off; try { return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); } };

// @trace
const arrow = (x) => { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([x]) : __sw.off; try {
  return __swF.ret((x, x));
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }};

class Members extends Base {
  // @trace
  method() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {
    return __swF.ret(super.method(arguments.length, this));
  } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

  // @trace
  get value() { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([]) : __sw.off; try {
    return __swF.ret(1);
  } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

  // @trace
  set value(to) { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([to]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

  // @trace
  constructor() {
    super(); const __swF = (__sw7 ??= __swS(7)).on ? __sw7.open([]) : __sw.off; try {
    this.made = new.target;
  } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
}

// @trace
function handles() { const __swF = (__sw8 ??= __swS(8)).on ? __sw8.open([]) : __sw.off; try {
  try {
    step();
  } catch (error) {
    return __swF.ret(error);
  } finally {
    last();
  }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function shares(x) { const __swF = (__sw9 ??= __swS(9)).on ? __sw9.open([x]) : __sw.off; try {
  void ( next = x);
  void function next() {};
  function next() {}
  return __swF.ret(next);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

function called(x) { const __swF = (__sw10 ??= __swS(10)).on ? __sw10.open([x]) : __sw.off; try {
  
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

function calledWithCode(x) { const __swF = (__sw11 ??= __swS(11)).on ? __sw11.open([x]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ attributes: { x } }); } catch (__swE) { __swF.misconfigured(__swE); };
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

const wrapped = (x) => { const __swF = (__sw12 ??= __swS(12)).on ? __sw12.open([x]) : __sw.off; try { return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); } } ;

const wrappedWithCode = ((__swO) => ({ ["wrappedWithCode"]: (x) => { const __swF = (__sw13 ??= __swS(13)).on ? __sw13.open([x]) : __sw.off; try { if (__swF.on) __swF.configure(__swO); return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); } } })["wrappedWithCode"])( { attributes: { key } });
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __sw7, __sw8, __sw9, __sw10, __sw11, __sw12, __sw13, __swT; function __swS(i) { return (__swT ??= __sw.sites(1, "src/sync.js", [{"name":"declaration","line":4,"params":["x"],"leaf":true}, {"name":"expression","line":10,"params":["x"],"leaf":true}, {"name":"concise","line":15,"params":["x"],"leaf":true}, {"name":"arrow","line":18,"params":["x"],"leaf":true}, {"name":"method","qualified":"Members.method","line":24}, {"name":"get value","qualified":"Members.get value","line":29,"leaf":true}, {"name":"set value","qualified":"Members.set value","line":34,"params":["to"],"leaf":true}, {"name":"Members","qualified":"Members.constructor","line":37}, {"name":"handles","line":44}, {"name":"shares","line":55,"params":["x"],"leaf":true}, {"name":"called","line":62,"params":["x"],"options":{"name":"literal"}}, {"name":"calledWithCode","line":67,"params":["x"]}, {"name":"wrapped","line":72,"params":["x"],"leaf":true,"options":{"name":"literal"}}, {"name":"wrappedWithCode","line":74,"params":["x"]}]))[i]; }
