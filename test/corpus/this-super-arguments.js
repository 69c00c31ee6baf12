class Base {
  greet(name) { return `base ${name} ${this.id}`; }
  get label() { return `label ${this.id}`; }
  set label(value) { this.stored = value; }
  static make() { return new this(); }
}
class Derived extends Base {
  id = 7;
  #secret = 1;
  greet(name) { return super.greet(name) + "!"; }
  get label() { return super.label + "?"; }
  set label(value) { super.label = value + 1; }
  static make() { const made = super.make(); made.id++; return made; }
  #bump() { return ++this.#secret; }
  bump() { return this.#bump() + this.#bump(); }
  later = () => this.id + arguments_().length;
  async greetLater(name) { await null; return super.greet(name); }
  *names() { yield super.greet("a"); yield super.label; }
  async *namesLater() { yield super.greet("b"); await null; yield super.label; }
}
function arguments_() { return arguments; }
const d = Derived.make();
d.label = 3;
console.log(d.greet("x"), d.label, d.stored, d.bump(), d.later(), [...d.names()]);
console.log(await d.greetLater("y"));
for await (const name of d.namesLater()) console.log(name);

function aliased(a, b) { arguments[0] = "changed"; b = "set"; return [a, arguments[1], arguments.length]; }
function defaults(a, b = a + 1, ...rest) { arguments[0] = 9; return [a, b, rest, arguments.length]; }
function sum() { return Array.prototype.reduce.call(arguments, (x, y) => x + y, 0); }
console.log(aliased(1, 2, 3), defaults(1), defaults(1, 2, 3, 4), sum(1, 2, 3));
function Legacy() { if (!new.target) return new Legacy(); this.made = new.target.name; }
console.log(Legacy().made, new Legacy().made, Reflect.construct(Legacy, [], class Other {}).made);
const bound = function () { "use strict"; return this; };
console.log(bound.call(5), bound() === undefined);
console.log([1, 2].map(function (x) { return this.k * x; }, { k: 3 }));
