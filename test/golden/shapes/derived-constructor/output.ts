const __sw = require("spanwright/runtime"); class Derived extends Base {
  // @trace
  constructor(id: number) {
    const doubled = id * 2;
    super(doubled); const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([id]) : __sw.off; try {
    this.describe();
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/derived-constructor.ts", [{"name":"Derived","qualified":"Derived.constructor","line":3,"params":["id"]}]))[i]; }
