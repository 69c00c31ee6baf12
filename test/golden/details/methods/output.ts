import * as __sw from "spanwright/runtime"; export class Account extends Base {
  // @trace
  static open(owner: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([owner]) : __sw.off; try {
    return __swF.ret(new this(owner));
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  #audit(entry: Entry) { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([entry]) : __sw.off; try {
    this.log.push(entry);
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

  // @trace
  get balance() { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([]) : __sw.off; try {
    return __swF.ret(super.balance);
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  set balance(value) { const __swF = (__sw3 ??= __swS(3)).on ? __sw3.open([value]) : __sw.off; try {
    super.balance = value;
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();}

  // @trace
  async *[Symbol.asyncIterator]() { const __swF = (__sw4 ??= __swS(4)).on ? __sw4.open([]) : __sw.off; try {
    __swV(yield* __swD(this.entries, __swF), __swF);
  } catch (__swE) { throw __swF.fail(__swE); } finally { __swF.end(); }}

  // @trace
  transfer = async (to: Account, amount: number) => { const __swF = (__sw5 ??= __swS(5)).on ? __sw5.open([to, amount]) : __sw.off; try {
    __swF.resume(await __swF.suspend(to.deposit(amount)));
  } catch (__swE) { throw __swF.fail(__swE); } __swF.end();};
}

export const api = {
  // @trace
  get version() { const __swF = (__sw6 ??= __swS(6)).on ? __sw6.open([]) : __sw.off; try {
    return __swF.ret(1);
  } catch (__swE) { throw __swF.fail(__swE); }},
  // @trace
  async list({ page, size = 20 }: Query) { const __swF = (__sw7 ??= __swS(7)).on ? __sw7.open([page, size]) : __sw.off; try {
    return __swF.ret(query(page, size));
  } catch (__swE) { throw __swF.fail(__swE); }},
};
var __sw0, __sw1, __sw2, __sw3, __sw4, __sw5, __sw6, __sw7, __swT; function __swD(e, f, d) { return f.delegate(e, d); } function __swV(v, f) { return f.resume(v); } function __swS(i) { return (__swT ??= __sw.sites(2, "src/methods.ts", [{"name":"open","qualified":"Account.open","line":3,"params":["owner"]}, {"name":"#audit","qualified":"Account.#audit","line":8,"params":["entry"]}, {"name":"get balance","qualified":"Account.get balance","line":13}, {"name":"set balance","qualified":"Account.set balance","line":18,"params":["value"]}, {"name":"[Symbol.asyncIterator]","qualified":"Account.[Symbol.asyncIterator]","line":23,"kind":"asyncGenerator","runsOn":true}, {"name":"transfer","qualified":"Account.transfer","line":28,"kind":"async","params":["to","amount"]}, {"name":"get version","qualified":"api.get version","line":35,"leaf":true}, {"name":"list","qualified":"api.list","line":39,"kind":"async","params":[["arg0",{"page":0,"size":0}]]}]))[i]; }
