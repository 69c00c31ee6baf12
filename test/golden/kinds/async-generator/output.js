import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace
async function* declaration(x) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
const expression = async function* (x) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try {
  return;
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }};

class Members extends Base {
  // @trace
  async *method() { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {
    return __swF.ret(super.method(arguments.length, this));
  } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}
}

// @trace
async function* awaits() { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([]) : __sw.off; try {
  const { row } = __swF.resume(await __swF.suspend(load(__swF.resume(await __swF.suspend(next)))));
  const [first] = __swF.resume(await __swF.suspend(row), true);
  return __swF.ret(__swF.resume(await __swF.suspend((row))));
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* yields() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {
  const sent = __swF.resume(yield __swF.chunk(__swF.resume(yield __swF.chunk(1))));
  const [first] = __swF.resume(yield __swF.chunk(sent), true);
  __swF.resume(yield __swF.chunk())
  return __swF.ret(sent);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* delegates() { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([]) : __sw.off; try {
  const [first] = __swV(yield* __swD(pair, __swF), __swF);
  return __swF.ret(__swV(yield* __swD(inner(__swV(yield* __swD([], __swF), __swF)), __swF), __swF));
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* iterates() { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([]) : __sw.off; try {
  { outer: for await (const x of __swF.iterate(source, "source")) { __swF.resume();
    if (x) continue outer;
  } __swF.resume(); }
  { for await (const x of __swF.iterate(source(), "source(...)")) { __swF.resume(); x(); } __swF.resume(); }
  again: while (source) try { for await (const x of __swF.iterate(source, "source")) { __swF.resume(); if (x) continue again; } } finally { __swF.resume(); }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* disposes() { const __swF = (__sw7 ??= __swS(7)).on ? __sw7.open([]) : __sw.off; try {
  using __swU0 = __swF.reentry(); const first = open(); await using __swR0 = __swF.disposable(first); const second = open(); await using __swR1 = __swF.disposable(second, true);
  { try {
    using __swU2 = __swF.reentry(); const inner = open(); await using __swR2 = __swF.disposable(inner, true);
  } finally { __swF.resume(); } }
  for (const each of first) { try { using __swU3 = __swF.reentry(); await using __swR3 = __swF.disposable(each, true); each.read(); } finally { __swF.resume(); }}
  { for await (const each of __swF.iterate(first, "first")) { __swF.resume(); try { using __swU4 = __swF.reentry(); await using __swR4 = __swF.disposable(each, true);
    each.read();
  } finally { __swF.resume(); } } __swF.resume(); }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* handles() { const __swF = (__sw8 ??= __swS(8)).on ? __sw8.open([]) : __sw.off; try {
  try {
    __swF.resume(await __swF.suspend(step()));
  } catch { __swF.resume();
    first();
  }
  try {
    __swF.resume(await __swF.suspend(step()));
  } catch (error) { __swF.caught(error);
    second(error);
  }
  try {
    __swF.resume(await __swF.suspend(step()));
  } catch (__swE) { __swF.caught(__swE); let { message } = __swE; {
    third(message);
  } } finally { __swF.resume();
    last();
  }
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
async function* shares(x) { const __swF = (__sw9 ??= __swS(9)).on ? __sw9.open([x]) : __sw.off; try {
  void ( next = x);
  void function next() {};
  function next() {}
  return __swF.ret(next);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

async function* called(x) { const __swF = (__sw10 ??= __swS(10)).on ? __sw10.open([x]) : __sw.off; try {
  
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

async function* calledWithCode(x) { const __swF = (__sw11 ??= __swS(11)).on ? __sw11.open([x]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ attributes: { x } }); } catch (__swE) { __swF.misconfigured(__swE); };
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

const wrapped = async function* (x) { const __swF = (__sw12 ??= __swS(12)).on ? __sw12.open([x]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }} ;

const wrappedWithCode = ((__swO) => ({ ["wrappedWithCode"]: async function* (x) { const __swF = (__sw13 ??= __swS(13)).on ? __sw13.open([x]) : __sw.off; try { if (__swF.on) __swF.configure(__swO);} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }} })["wrappedWithCode"])( { attributes: { key } });
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __sw7, __sw8, __sw9, __sw10, __sw11, __sw12, __sw13, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/async-generator.js", [{"name":"declaration","line":4,"kind":"asyncGenerator","params":["x"],"runsOn":true}, {"name":"expression","line":10,"kind":"asyncGenerator","params":["x"],"runsOn":true}, {"name":"method","qualified":"Members.method","line":16,"kind":"asyncGenerator","runsOn":true}, {"name":"awaits","line":22,"kind":"asyncGenerator","runsOn":true}, {"name":"yields","line":29,"kind":"asyncGenerator","runsOn":true}, {"name":"delegates","line":37,"kind":"asyncGenerator","runsOn":true}, {"name":"iterates","line":43,"kind":"asyncGenerator","runsOn":true}, {"name":"disposes","line":52,"kind":"asyncGenerator","runsOn":true}, {"name":"handles","line":64,"kind":"asyncGenerator","runsOn":true}, {"name":"shares","line":85,"kind":"asyncGenerator","params":["x"],"runsOn":true}, {"name":"called","line":92,"kind":"asyncGenerator","params":["x"],"runsOn":true,"options":{"name":"literal"}}, {"name":"calledWithCode","line":97,"kind":"asyncGenerator","params":["x"],"runsOn":true}, {"name":"wrapped","line":102,"kind":"asyncGenerator","params":["x"],"runsOn":true,"options":{"name":"literal"}}, {"name":"wrappedWithCode","line":104,"kind":"asyncGenerator","params":["x"],"runsOn":true}]))[i]; }
