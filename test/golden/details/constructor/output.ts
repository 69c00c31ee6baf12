const __sw = require("spanwright/runtime"); class Base {
  // @trace
  constructor(readonly id: number) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([id]) : __sw.off; try {
    register(this);
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
}

class Derived extends Base {
  // @trace
  constructor(id: number, private readonly label = "") {
    const doubled = id * 2;
    super(doubled); const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([id, label]) : __sw.off; try {
    this.describe();
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
}
var __sw0, __sw1, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/constructor.ts", [{"name":"Base","qualified":"Base.constructor","line":3,"params":["id"]}, {"name":"Derived","qualified":"Derived.constructor","line":10,"params":["id","label"]}]))[i]; }
