import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace
async function declaration(x) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
const expression = async function (x) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try {
  return __swF.end();
} catch (__swE) { throw __swF.fail(__swE); }};

// @trace
const concise = async (x) => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([x]) : __sw.off; try { return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } };

// @trace
const arrow = async (x) => { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([x]) : __sw.off; try {
  return __swF.ret((x, x));
} catch (__swE) { throw __swF.fail(__swE); }};

class Members extends Base {
  // @trace
  async method() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {
    return __swF.ret(super.method(arguments.length, this));
  } catch (__swE) { throw __swF.fail(__swE); }}
}

// @trace
async function awaits() { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([]) : __sw.off; try {
  const { row } = __swF.resume(await __swF.suspend(load(__swF.resume(await __swF.suspend(next)))));
  const [first] = __swF.resume(await __swF.suspend(row), true);
  return __swF.ret(__swF.resume(await __swF.suspend((row))));
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
async function iterates() { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([]) : __sw.off; try {
  { outer: for await (const x of __swF.iterate(source, "source")) { __swF.resume();
    if (x) continue outer;
  } __swF.resume(); }
  { for await (const x of __swF.iterate(source(), "source(...)")) { __swF.resume(); x(); } __swF.resume(); }
  again: while (source) try { for await (const x of __swF.iterate(source, "source")) { __swF.resume(); if (x) continue again; } } finally { __swF.resume(); }
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace
async function disposes() { const __swF = (__sw7 ??= __swS(7)).on ? __sw7.open([]) : __sw.off; try {
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
async function handles() { const __swF = (__sw8 ??= __swS(8)).on ? __sw8.open([]) : __sw.off; try {
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
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace
async function shares(x) { const __swF = (__sw9 ??= __swS(9)).on ? __sw9.open([x]) : __sw.off; try {
  void ( next = x);
  void function next() {};
  function next() {}
  return __swF.ret(next);
} catch (__swE) { throw __swF.fail(__swE); }}

async function called(x) { const __swF = (__sw10 ??= __swS(10)).on ? __sw10.open([x]) : __sw.off; try {
  
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

async function calledWithCode(x) { const __swF = (__sw11 ??= __swS(11)).on ? __sw11.open([x]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ attributes: { x } }); } catch (__swE) { __swF.misconfigured(__swE); };
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

const wrapped = async (x) => { const __swF = (__sw12 ??= __swS(12)).on ? __sw12.open([x]) : __sw.off; try { return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } } ;

const wrappedWithCode = ((__swO) => ({ ["wrappedWithCode"]: async (x) => { const __swF = (__sw13 ??= __swS(13)).on ? __sw13.open([x]) : __sw.off; try { if (__swF.on) __swF.configure(__swO); return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } } })["wrappedWithCode"])( { attributes: { key } });
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __sw7, __sw8, __sw9, __sw10, __sw11, __sw12, __sw13, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/async.js", [{"name":"declaration","line":4,"kind":"async","params":["x"]}, {"name":"expression","line":10,"kind":"async","params":["x"]}, {"name":"concise","line":15,"kind":"async","params":["x"]}, {"name":"arrow","line":18,"kind":"async","params":["x"]}, {"name":"method","qualified":"Members.method","line":24,"kind":"async"}, {"name":"awaits","line":30,"kind":"async"}, {"name":"iterates","line":37,"kind":"async"}, {"name":"disposes","line":46,"kind":"async","runsOn":true}, {"name":"handles","line":58,"kind":"async"}, {"name":"shares","line":79,"kind":"async","params":["x"]}, {"name":"called","line":86,"kind":"async","params":["x"],"options":{"name":"literal"}}, {"name":"calledWithCode","line":91,"kind":"async","params":["x"]}, {"name":"wrapped","line":96,"kind":"async","params":["x"],"options":{"name":"literal"}}, {"name":"wrappedWithCode","line":98,"kind":"async","params":["x"]}]))[i]; }
