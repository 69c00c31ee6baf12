import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace
function* declaration(x) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
const expression = function* (x) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try {
  return;
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }};

class Members extends Base {
  // @trace
  *method() { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {
    return __swF.ret(super.method(arguments.length, this));
  } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
}

// @trace
function* yields() { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([]) : __sw.off; try {
  const sent = __swF.resume(yield __swF.chunk(__swF.resume(yield __swF.chunk(1))));
  const [first] = __swF.resume(yield __swF.chunk(sent), true);
  __swF.resume(yield __swF.chunk())
  return __swF.ret(sent);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function* delegates() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {
  const [first] = __swV(yield* __swD(pair, __swF), __swF);
  return __swF.ret(__swV(yield* __swD(inner(__swV(yield* __swD([], __swF), __swF)), __swF), __swF));
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function* handles() { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([]) : __sw.off; try {
  try {
    __swF.resume(yield __swF.chunk(step()));
  } catch { __swF.resume();
    first();
  }
  try {
    __swF.resume(yield __swF.chunk(step()));
  } catch (error) { __swF.caught(error);
    second(error);
  }
  try {
    __swF.resume(yield __swF.chunk(step()));
  } catch (__swE) { __swF.caught(__swE); let { message } = __swE; {
    third(message);
  } } finally { __swF.resume();
    last();
  }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function* shares(x) { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([x]) : __sw.off; try {
  void ( next = x);
  void function next() {};
  function next() {}
  return __swF.ret(next);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

function* called(x) { const __swF = (__sw7 ??= __swS(7)).on ? __sw7.open([x]) : __sw.off; try {
  
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

function* calledWithCode(x) { const __swF = (__sw8 ??= __swS(8)).on ? __sw8.open([x]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ attributes: { x } }); } catch (__swE) { __swF.misconfigured(__swE); };
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

const wrapped = function* (x) { const __swF = (__sw9 ??= __swS(9)).on ? __sw9.open([x]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }} ;

const wrappedWithCode = ((__swO) => ({ ["wrappedWithCode"]: function* (x) { const __swF = (__sw10 ??= __swS(10)).on ? __sw10.open([x]) : __sw.off; try { if (__swF.on) __swF.configure(__swO);} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }} })["wrappedWithCode"])( { attributes: { key } });
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __sw7, __sw8, __sw9, __sw10, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/generator.js", [{"name":"declaration","line":4,"kind":"generator","params":["x"],"runsOn":true}, {"name":"expression","line":10,"kind":"generator","params":["x"],"runsOn":true}, {"name":"method","qualified":"Members.method","line":16,"kind":"generator","runsOn":true}, {"name":"yields","line":22,"kind":"generator","runsOn":true}, {"name":"delegates","line":30,"kind":"generator","runsOn":true}, {"name":"handles","line":36,"kind":"generator","runsOn":true}, {"name":"shares","line":57,"kind":"generator","params":["x"],"runsOn":true}, {"name":"called","line":64,"kind":"generator","params":["x"],"runsOn":true,"options":{"name":"literal"}}, {"name":"calledWithCode","line":69,"kind":"generator","params":["x"],"runsOn":true}, {"name":"wrapped","line":74,"kind":"generator","params":["x"],"runsOn":true,"options":{"name":"literal"}}, {"name":"wrappedWithCode","line":76,"kind":"generator","params":["x"],"runsOn":true}]))[i]; }
