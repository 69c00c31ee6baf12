const __sw = require("spanwright/runtime"); class Account extends Base {
  // @trace
  deposit(amount: number) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([amount]) : __sw.off; try {
    return __swF.ret(super.deposit(amount));
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  get balance() { const __swF = (__sw1 ??= __swS(1)).on ? __sw1.open([]) : __sw.off; try {
    return __swF.ret(this.#balance);
  } catch (__swE) { throw __swF.fail(__swE); }}

  // @trace
  withdraw = (amount: number) => { const __swF = (__sw2 ??= __swS(2)).on ? __sw2.open([amount]) : __sw.off; try { return __swF.ret(this.deposit(-amount)); } catch (__swE) { throw __swF.fail(__swE); } };
}
var __sw0, __sw1, __sw2, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/method.ts", [{"name":"deposit","qualified":"Account.deposit","line":3,"params":["amount"]}, {"name":"get balance","qualified":"Account.get balance","line":8}, {"name":"withdraw","qualified":"Account.withdraw","line":13,"params":["amount"]}]))[i]; }
