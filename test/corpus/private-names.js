// Private fields, methods and accessors of every kind, computed keys, static blocks, and the order of it all.
const log = [];
const key = (name) => { log.push(`key ${name}`); return name; };
class Account {
  #balance = log.push("field");
  static #made = 0;
  static { log.push("block 1"); try { this.#made = 10; throw new Error("in block"); } catch (error) { log.push(error.message); } }
  [key("a")] = log.push("computed field");
  static [key("b")] = log.push("static computed field");
  [key("m")](x) { return [x, this.#private(x)]; }
  static async [key("later")](x) { await null; return Account.#made + x; }
  *[key("items")]() { yield* [this.#balance, this.#own]; }
  get [key("got")]() { return this.#own; }
  static { var hidden = () => this.#made; this.peek = () => hidden(); }
  #private(x) { return this.#balance + x; }
  async #later(x) { await null; return this.#balance + x; }
  *#generated() { yield this.#balance; yield ++this.#balance; }
  async *#generatedLater() { yield await this.#later(1); }
  get #own() { return `own ${this.#balance}`; }
  set #own(value) { this.#balance = value; }
  static #secret() { return ++Account.#made; }
  #arrow = () => this.#balance;
  #name = function () {};
  async all() { this.#own = 5; this.#balance += 1; this.#own += "!"; const seen = []; for await (const x of this.#generatedLater()) seen.push(x); return [this.#private(1), await this.#later(2), ...this.#generated(), ...seen, this.#arrow(), Account.#secret(), this.#name.name, this.#private.name, this.#later.length]; }
  static has(x) { return #balance in x; }
  static steal(x) { return x.#balance; }
  chain() { return this.#private?.("chained"); }
  static async stealLater(x) { return await x.#later(1); }
  swap(other) { [this.#balance, other.#balance] = [other.#balance, this.#balance]; ({ x: this.#own } = { x: "from pattern" }); return this.#balance; }
}
const account = new Account();
console.log(account.m(1), await Account.later(1), [...account.items()], account.got, Account.peek(), await account.all(), account.chain(), account.swap(new Account()));
console.log(Account.has(account), Account.has({}), Reflect.ownKeys(Account), Reflect.ownKeys(Account.prototype), Reflect.ownKeys(account));
try { Account.steal({}); } catch (error) { console.log(error.constructor.name, error.message); }
await Account.stealLater({}).catch((error) => console.log(error.constructor.name, error.message));
console.log(log);
class Outer { #x = "outer"; inner() { const outer = this; return new (class { #x = "inner"; both() { return [this.#x, outer.#y()]; } })(); } #y() { return this.#x; } }
console.log(new Outer().inner().both());
class Stamp extends (class { constructor(x) { return x; } }) { #stamp = "stamped"; static read(x) { return x.#stamp; } }
const stamped = {}; new Stamp(stamped);
console.log(Stamp.read(stamped), Object.keys(stamped));
const name = class { static x = () => this.name; static y = class { static z = this.name; }; };
console.log(name.x(), name.y.z);
