import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace
function declaration(x) {
  "use strict"; const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
const expression = function (x) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([x]) : __sw.off; try {
  return __swF.end();
} catch (__swE) { throw __swF.fail(__swE); }};

// @trace
const concise = (x) => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([x]) : __sw.off; try { return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } };

// @trace
const arrow = (x) => { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([x]) : __sw.off; try {
  return __swF.ret((x, x));
} catch (__swE) { throw __swF.fail(__swE); }};

class Members extends Base {
  // @trace
  method() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {
    return __swF.ret(super.method(arguments.length, this));
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  get value() { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([]) : __sw.off; try {
    return __swF.ret(1);
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  set value(to) { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([to]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

  // @trace
  constructor() {
    super(); const __swF = (__sw7 ??= __swS(7)).on ? __sw7.open([]) : __sw.off; try {
    this.made = new.target;
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
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
function closes(rows) { const __swF = (__sw9 ??= __swS(9)).on ? __sw9.open([rows]) : __sw.off; try {
  for (const row of rows) if (row) return __swF.ret(row);
  if (rows) return;
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function leaves(x) { const __swF = (__sw10 ??= __swS(10)).on ? __sw10.open([x]) : __sw.off; try {
  if (x) return __swF.end();
  else { return __swF.end(); }
  while (x) switch (x()) { case 1: return __swF.end() /* nothing */; default: return __swF.end(); // nothing
  }
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace
function retries() { const __swF = (__sw11 ??= __swS(11)).on ? __sw11.open([]) : __sw.off; try {
  try {
    return __swF.ret(step());
  } catch {
    return __swF.end();
  }
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

// @trace
function disposes() { const __swF = (__sw12 ??= __swS(12)).on ? __sw12.open([]) : __sw.off; try {
  using resource = open();
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
function tidies() { const __swF = (__sw13 ??= __swS(13)).on ? __sw13.open([]) : __sw.off; try {
  try {
    step();
  } finally {
    if (last()) return __swF.end();
  }
  return __swF.ret(() => {
    try {
      return 1;
    } finally {
      last();
    }
  });
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
function shares(x) { const __swF = (__sw14 ??= __swS(14)).on ? __sw14.open([x]) : __sw.off; try {
  void ( next = x);
  void function next() {};
  function next() {}
  return __swF.ret(next);
} catch (__swE) { throw __swF.fail(__swE); }}

function called(x) { const __swF = (__sw15 ??= __swS(15)).on ? __sw15.open([x]) : __sw.off; try {
  
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

function calledWithCode(x) { const __swF = (__sw16 ??= __swS(16)).on ? __sw16.open([x]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ attributes: { x } }); } catch (__swE) { __swF.misconfigured(__swE); };
  step(x);
} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

const wrapped = (x) => { const __swF = (__sw17 ??= __swS(17)).on ? __sw17.open([x]) : __sw.off; try { return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } } ;

const wrappedWithCode = ((__swO) => ({ ["wrappedWithCode"]: (x) => { const __swF = (__sw18 ??= __swS(18)).on ? __sw18.open([x]) : __sw.off; try { if (__swF.on) __swF.configure(__swO); return __swF.ret(x); } catch (__swE) { throw __swF.fail(__swE); } } })["wrappedWithCode"])( { attributes: { key } });
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __sw7, __sw8, __sw9, __sw10, __sw11, __sw12, __sw13, __sw14, __sw15, __sw16, __sw17, __sw18, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/sync.js", [{"name":"declaration","line":4,"params":["x"],"leaf":true}, {"name":"expression","line":10,"params":["x"],"leaf":true}, {"name":"concise","line":15,"params":["x"],"leaf":true}, {"name":"arrow","line":18,"params":["x"],"leaf":true}, {"name":"method","qualified":"Members.method","line":24}, {"name":"get value","qualified":"Members.get value","line":29,"leaf":true}, {"name":"set value","qualified":"Members.set value","line":34,"params":["to"],"leaf":true}, {"name":"Members","qualified":"Members.constructor","line":37}, {"name":"handles","line":44,"runsOn":true}, {"name":"closes","line":55,"params":["rows"],"runsOn":true}, {"name":"leaves","line":61,"params":["x"]}, {"name":"retries","line":69}, {"name":"disposes","line":78,"runsOn":true}, {"name":"tidies","line":83}, {"name":"shares","line":99,"params":["x"],"leaf":true}, {"name":"called","line":106,"params":["x"],"options":{"name":"literal"}}, {"name":"calledWithCode","line":111,"params":["x"]}, {"name":"wrapped","line":116,"params":["x"],"leaf":true,"options":{"name":"literal"}}, {"name":"wrappedWithCode","line":118,"params":["x"]}]))[i]; }
