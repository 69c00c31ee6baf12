import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";

// @trace { nam: "x" }
function misspelt() { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace { spanType: SpanType.LLM, ...shared, name: "" }
function code(a: number) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([a]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace { inputs: ["prompt"], outputReducer: "join" }
function parameters({ prompt }: P) { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace always
function words() { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace { name: "x"
function unclosed() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
const value = 1;

const trailing = 1; // @trace
function below() {}

// @trace
export const wrapped = withAuth(async () => 1);

abstract class Shape {
  // @trace
  abstract area(): number;
}

class Late extends Shape {
  // @trace
  constructor() {
    super(helper());
    function helper() {}
  }
}

function late() {
  begin();
  trace({ name: "late" });
}

function runtime(names: string[]) { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([names]) : __sw.off; try {
  if (__swF.on) try { __swF.configure({ inputs: names, attributes: 1 }); } catch (__swE) { __swF.misconfigured(__swE); };
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

// @trace
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __swT; function __swS(i) { return (__swT ??= __sw.sites(1, "src/diagnostics.ts", [{"name":"misspelt","line":4,"leaf":true}, {"name":"code","line":7,"params":["a"],"leaf":true}, {"name":"parameters","line":10,"leaf":true}, {"name":"words","line":13,"leaf":true}, {"name":"unclosed","line":16,"leaf":true}, {"name":"runtime","line":45,"params":["names"]}]))[i]; }
