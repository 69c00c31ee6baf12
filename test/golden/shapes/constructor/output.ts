const __sw = require("spanwright/runtime"); class Base {
  // @trace
  constructor(readonly id: number) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([id]) : __sw.off; try {
    register(this);
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/constructor.ts", [{"name":"Base","qualified":"Base.constructor","line":3,"params":["id"]}]))[i]; }
