const log = [];
class Base { constructor(...args) { log.push(["Base", args, new.target.name]); this.init?.(); } }
class A extends Base { field = log.push("field"); static s = log.push("static"); static { log.push("block"); } constructor(x) { log.push("before"); super(x); log.push(this.field > 0); } init() { log.push("init"); } }
class B extends A { constructor() { const arrow = () => super("via arrow"); arrow(); } }
class C extends A { constructor(flag) { if (flag) { super("flag"); } else { super("else"); } return this; } }
class D extends Base { constructor() { return { replaced: true }; } }
class E extends Base { constructor() { super(); return { alsoReplaced: true }; } }
class F extends Base { constructor() { } }
class G extends Base { constructor() { try { super(); } finally { log.push("finally"); } log.push("after"); } }
class H extends Base { constructor() { super(); super.constructor; throw new Error("in constructor"); } }
class I { constructor() { return 5; } }
class J { handlers = { click: () => this.name }; name = "J"; static create = () => new J(); }
console.log(new A(1).field > 0, new B() instanceof B, new C(true) instanceof C, new C(false) instanceof C, new D(), new E(), new I() instanceof I, J.create().handlers.click());
try { new F(); } catch (error) { console.log(error.constructor.name, error.message); }
try { new H(); } catch (error) { console.log(error.message); }
new G();
console.log(JSON.stringify(log));
class Meta { static #count = 0; static get count() { return Meta.#count; } static inc() { return ++Meta.#count; } accessorLike = { get x() { return 1; }, set x(v) { log.push(v); } }; }
Meta.inc(); console.log(Meta.count, Meta.inc(), new Meta().accessorLike.x);
const mixin = (Parent) => class extends Parent { hello() { return "mixed " + (super.hello?.() ?? "none"); } };
console.log(new (mixin(mixin(Object)))().hello());
function Old(x) { this.x = x; } Old.prototype.get = function () { return this.x; };
console.log(new Old(3).get(), new Old(1).constructor === Old);
