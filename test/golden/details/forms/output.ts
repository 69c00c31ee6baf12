"use client";
// @trace
import * as __sw from "spanwright/runtime"; export default async () => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([]) : __sw.off; try { return __swF.ret(1); } catch (__swE) { throw __swF.fail(__swE); } };

/* @trace */ export function inline() { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try { return __swF.ret(2) } catch (__swE) { throw __swF.fail(__swE); }}

function overload(x: string): string;
function overload(x: number): number;
// @trace
function overload(x: unknown) { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); }}

// @trace
function first(x: string): string;
function first(x: unknown) { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([x]) : __sw.off; try {
  return __swF.ret(x);
} catch (__swE) { throw __swF.fail(__swE); }}

namespace Inner {
  // @trace
  export const deep = { nested: { run() { return 1; } } };

  export const holder = {
    nested: {
      // @trace
      run: async <T,>(value: T) => { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([value]) : __sw.off; try { return __swF.ret(value satisfies T); } catch (__swE) { throw __swF.fail(__swE); } },
    },
  };
}

export class Decorated {
  @log
  // @trace
  method(@inject() a: A) { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([a]) : __sw.off; try {
    return __swF.ret((a as B)!);
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  @log static async other() { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();}
}

// A mention of @trace, @tracer or @trace-id in a comment is no mark.
// @tracer
function untouched() {}
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/forms.ts", [{"name":"default","line":3,"kind":"async"}, {"name":"inline","line":5,"leaf":true}, {"name":"overload","line":10,"params":["x"],"leaf":true}, {"name":"first","line":16,"params":["x"],"leaf":true}, {"name":"run","qualified":"holder.nested.run","line":27,"kind":"async","params":["value"]}, {"name":"method","qualified":"Decorated.method","line":35,"params":["a"],"leaf":true}, {"name":"other","qualified":"Decorated.other","line":40,"kind":"async"}]))[i]; }
