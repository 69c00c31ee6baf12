// Every kind of method reads, calls and sets through `super`, and sees its own `this` and `new.target`.
class Base {
  get p() { return `p of ${this.id}`; }
  set p(value) { this.kept = `set ${value}`; }
  m(...args) { return `m of ${this.id} with ${args}`; }
  static get p() { return `static p of ${this.name}`; }
  static set p(value) { this.kept = value; }
  static m() { return `static m of ${this.name}`; }
}
const key = (name) => name;
class Derived extends Base {
  id = "derived";
  sync() { super.p = 1; super[key("q")] = 2; super.r ??= 3; return [super.p, super.m(1), super[key("p")], super.r, this.q, this.kept, typeof new.target]; }
  async later() { super.p = await 2; return [super.p, await super.m(2), super[await key("p")], this.kept, new.target]; }
  *generated() { super.p = yield super.p; yield super.m(yield); return [this.kept, new.target]; }
  async *generatedLater() { super.p = yield await super.p; yield super.m(yield); return [this.kept, new.target]; }
  get accessor() { return [super.p, super.m("getter"), new.target]; }
  set accessor(value) { super.p = `${super.p} ${value}`; }
  arrow = () => [super.p, super.m("arrow")];
  arrowLater = async (x = super.p) => { super.p = await x; return [x, this.kept, await super.m("later")]; };
  nested() { return [() => super.p, async () => super.m("nested"), () => () => super.m("deep")]; }
  static sync() { super.p = "static"; return [super.p, super.m(), this.kept]; }
  static async later() { super.p = await "later"; return [super.p, super.m(), this.kept]; }
  static *generated() { super.p = yield super.p; return this.kept; }
  static field = super.m();
  static { this.inBlock = super.p; }
  ["com" + "puted"](x = super.m("default")) { return x; }
  delegates(name = delete this.absent) { return super.m`tagged ${name}`.length; }
}
const d = new Derived();
console.log(d.sync(), await d.later(), d.accessor, d.arrow(), await d.arrowLater(), d.computed(), d.delegates());
d.accessor = "x";
console.log(d.kept, Object.keys(d));
const g = d.generated();
console.log(g.next(), g.next("sent"), g.next("argument"), g.next());
const a = d.generatedLater();
console.log(await a.next(), await a.next("sent"), await a.next("argument"), await a.next());
for (const f of d.nested()) { const result = await f(); console.log(typeof result === "function" ? result() : result); }
console.log(Derived.sync(), await Derived.later(), [...Derived.generated()], Derived.field, Derived.inBlock);
const proto = { p: "proto", m() { return `proto m ${this.id}`; } };
const object = { __proto__: proto, id: "object", m() { super.p = "own"; return [super.m(), super.p, this.p]; }, async later() { return [super.m(), await super.p]; }, *gen() { yield super.m(); }, get x() { return super.m(); } };
console.log(object.m(), await object.later(), [...object.gen()], object.x);
const frozen = Object.freeze({ __proto__: proto, m() { "use strict"; super.p = 1; }, async later() { super.p = 1; } });
try { frozen.m(); } catch (error) { console.log(error.constructor.name, error.message); }
await frozen.later().catch((error) => console.log(error.message));
