// Parameter properties, fields and `super(…)` in derived constructors; enums and namespaces.
const log: unknown[] = [];
const said = <T>(x: T): T => { log.push(x); return x; };
class Base { field = said("base field"); constructor(public name: string, protected readonly at = said(1)) { said(`base ${new.target.name} ${name} ${this.at}`); } describe() { return `${this.name} ${this.at}`; } }
class Derived extends Base {
  own = said(`own field after ${this.name}`);
  arrow = () => `${this.extra} ${super.describe()}`;
  #hidden = said("hidden");
  constructor(public extra: string, private readonly last = said("default"), ...rest: number[]) { super(extra + rest.length); said(`derived ${this.own} ${this.last} ${this.#hidden}`); }
  async later(suffix = this.extra) { await null; return suffix + (await super.describe()); }
}
class Plain { constructor(readonly a: number, public b = a + 1, private c = () => this.a) { said(this.c()); } }
class Directive extends Base { constructor(public override name: string) { "use strict"; super(name); } }
class Implicit extends Derived { more = said("more"); }
class Failing extends Base { constructor(readonly x: string) { said("before"); super(x); throw new TypeError(`failing ${this.x}`); } }
class Early extends Base { constructor(flag: boolean) { if (flag) { super("flag"); } else { super("else"); } said(this.describe()); } }
console.log(new Derived("d", undefined, 1, 2).arrow(), await new Derived("x").later(), new Plain(1), new Directive("n").describe(), new Implicit("i").more, new Early(true).name);
try { new Failing("f"); } catch (error) { console.log((error as Error).message); }
console.log(Object.keys(new Derived("k")), Object.keys(new Plain(3)), Derived.length, Plain.length);
enum Level { Low = 1, High = Low << 2, Text = "text".length }
namespace Tools { export const twice = (x: number) => x * 2; export function hoisted() { return twice(Level.High); } export class Inner { run() { return hoisted(); } } }
console.log(Level.High, Level[1], Tools.hoisted(), new Tools.Inner().run());
console.log(log.join("\n"));
