// What only code outside of strict mode may do: functions in blocks, `if`, labels and `with`.
function conditional(x) { if (x) function inIf() { return "in if"; } return typeof inIf; }
function either(x) { if (x) function f() { return 1; } else function f() { return 2; } return f(); }
function notADirective() { ("use strict"); return this === globalThis; }
function both() { const before = f(); { function f() { return "block"; } } return [before, f()]; function f() { return "body"; } }
function bothInIf(x) { if (x) { function f() { return "if"; } } return f(); function f() { return "body"; } }
function bothDeep() { for (const x of [1, 2]) { switch (x) { case 2: function f() { return x; } } } function f() { return "body"; } return f(); }
function varToo() { var f = 1; { function f() {} } return typeof f; }
function labelled() { label: function inLabel() { return "labelled"; } return inLabel(); }
function inBlock() { const before = typeof f; { f = 1; function f() {} f = 2; } return [before, typeof f]; }
function inSwitch(x) { switch (x) { case 1: function f() { return "switched"; } } return typeof f; }
function inLoop() { for (let i = 0; i < 2; i++) { function f() { return i; } } return f(); }
function beside() { let f = "let"; { function f() {} } return f; }
function parameter(f) { { function f() {} } return typeof f; }
function catches() { try { throw 1; } catch (f) { { function f() {} } } return typeof f; }
function within(object) { with (object) { var x = 1; p = "set"; return [p, typeof q]; } }
function deletes() { var own = 1; undeclared = 2; return [delete own, delete undeclared, typeof undeclared]; }
function callerOf() { return callerOf.caller; }
function calls() { return callerOf() === calls; }
function thisOf() { return [typeof this, this === globalThis]; }
function argumentsOf(a) { arguments[0] = 2; return [a, calls.arguments]; }
async function later(x) { { function f() { return "later"; } } await null; return f(); }
function* items() { { function f() { return "item"; } } yield f(); }
var yield_ = ((yield) => yield)("yield"), let_ = ((let) => let)("let");
console.log(conditional(true), conditional(false), either(true), either(false), notADirective(), both(), bothInIf(true), bothInIf(false), bothDeep(), varToo(), labelled());
console.log(inBlock(), inSwitch(1), inSwitch(2), inLoop(), beside(), parameter(1), catches(), within({ p: 1, q: 2 }), deletes());
console.log(calls(), thisOf.call(5), thisOf(), argumentsOf(1), yield_, let_);
later().then((text) => console.log(text, [...items()]));
