// Fields that are assigned, as `useDefineForClassFields: false` has it: setters of a base class see them.
const log: unknown[] = [];
class Base { set field(x: unknown) { log.push(`set ${x}`); } constructor() { log.push(`base ${new.target.name}`); } m() { return "m"; } }
class Derived extends Base {
  // @ts-expect-error an accessor of the base
  field = "assigned";
  declared!: string;
  arrow = () => `${super.m()} ${this.late}`;
  static shared = log.push("static");
  constructor(public late: string, private other = `${late}!`) { super(); log.push(`derived ${this.other} ${"declared" in this}`); }
  async later() { return [await this.arrow(), new.target]; }
}
class Again extends Derived { constructor() { const x = "x"; super(x); log.push("again"); } more = (() => this.late)(); }
const d = new Derived("late");
console.log(d.arrow(), await d.later(), Object.keys(d), new Again().more, Derived.length);
console.log(log.join("\n"));
