import * as __sw from "spanwright/runtime"; import { trace } from "spanwright";
import * as sw from "spanwright";

export const answer = async (question: string) => { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try {
  return __swF.ret(__swF.resume(await __swF.suspend(model(question))));
} catch (__swE) { throw __swF.fail(__swE); }} ;

export const letters = ((__swO) => ({ ["letters"]: function* (text: string) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([text]) : __sw.off; try { if (__swF.on) __swF.configure(__swO);
  __swV(yield* __swD(text, __swF, true), __swF);
} catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }} })["letters"])( { outputReducer: join });

class Service {
  readonly load = ((__swO) => ({ ["load"]: 
    // Reads one row.
    (id: number) => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([id]) : __sw.off; try { if (__swF.on) __swF.configure(__swO); return __swF.ret(this.table.get(id)); } catch (__swE) { throw __swF.fail(__swE); } } })["load"])(
    { attributes: { table: this.table.name } },
  );
}

export default (() => { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([]) : __sw.off; try { return __swF.ret(1); } catch (__swE) { throw __swF.fail(__swE); } });

const pow = trace(Math.pow);
const shared = trace((x: number) => x, options);

begin()
;(async function main() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {} catch (__swE) { throw __swF.fail(__swE); } __swF.end();})().catch(report)
var __sw0, __sw1, __sw2, __sw3, __sw4, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/wrapper.ts", [{"name":"answer","line":4,"kind":"async","params":["question"],"options":{"name":"answer","spanType":"LLM"}}, {"name":"letters","line":8,"kind":"generator","params":["text"],"runsOn":true}, {"name":"load","qualified":"Service.load","line":15,"params":["id"]}, {"name":"default","line":20,"leaf":true}, {"name":"main","line":26,"kind":"async"}]))[i]; }
