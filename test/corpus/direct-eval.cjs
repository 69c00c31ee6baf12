// Direct eval sees, changes and adds variables of the function it stands in.
function plain(code) { var local = "local"; let block = "block"; return [eval(code), local, block]; }
function adds(code) { eval(code); return typeof added === "undefined" ? "nothing" : added; }
function strict(code) { "use strict"; eval(code); return typeof added; }
function shadowed(x) { { let x = "inner"; eval("x = 'changed'"); console.log(x); } return x; }
function parameters(a, b = eval("a + 1"), c = eval("var d = 4; d")) { return [a, b, c, typeof d]; }
function own() { return eval("arguments.length") + eval("arguments")[0]; }
function target() { return eval("new.target"); }
function Made() { eval("this.made = new.target.name"); }
const arrow = (x) => eval("x * 2");
async function later(code) { var local = await "later"; const result = await eval(code); return [result, local]; }
function* generated(code) { var local = yield 1; yield eval(code); return local; }
async function* both(code) { var local = yield await 1; return [eval(code), local]; }
class Parent { get p() { return "parent"; } }
class Child extends Parent { constructor() { super(); this.evaluated = eval("super.p"); } m() { return eval("super.p + this.evaluated"); } field = eval("this instanceof Child"); }
class Late extends Parent { constructor() { eval("super()"); this.done = true; } }
const object = { __proto__: { p: "proto" }, m() { return eval("super.p"); }, get x() { return eval("this.m()"); } };
const tryEval = (f, ...args) => { try { return f(...args); } catch (error) { return `${error.name}: ${error.message}`; } };
console.log(plain("local = 1; block = 2; typeof code"), plain("var fresh = 5; fresh"), tryEval(plain, "let block = 3; block"));
console.log(adds("var added = 'added'"), adds("function added() {}").name, strict("var added"), shadowed("outer"), parameters(1));
console.log(own("first", 2), target(), new Made().made, arrow(21), tryEval(plain, "throw new TypeError('inside')"), tryEval(plain, "syntax error"));
console.log(tryEval(plain, "return 1"), tryEval(plain, "await 1"), (0, eval)("typeof local"));
const child = new Child();
console.log(child.evaluated, child.m(), child.field, new Late().done, object.m(), object.x);
const g = generated("local");
console.log(g.next(), g.next("sent"), g.next());
function closes() { var seen = 0; eval("globalThis.bump = () => ++seen"); bump(); bump(); return seen; }
console.log(closes());
(async () => {
  console.log(await later("local + '!'"), await later("(async () => { await null; local = 2; })()"));
  const b = both("local");
  console.log(await b.next(), await b.next("sent"));
})();
