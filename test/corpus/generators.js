const log = [];
function* talk() {
  try { const a = yield "first"; log.push(`got ${a}`); const b = yield a; log.push(`got ${b}`); return "done"; } finally { log.push("cleanup"); }
}
const t = talk("x");
console.log(t.next("ignored"), t.next("A"), t.next("B"), t.next());
const early = talk();
console.log(early.next(), early.return("early"), early.next());
const thrown = talk();
thrown.next();
try { thrown.throw(new Error("in")); } catch (error) { console.log(error.message); }
function* catches() { for (;;) { try { yield "again"; } catch (error) { yield `caught ${error}`; } } }
const c = catches();
console.log(c.next(), c.throw(1), c.next(), c.return(5));
function* inner() { try { const x = yield 1; log.push(`inner ${x}`); return "inner result"; } finally { log.push("inner cleanup"); } }
function* outer() { const result = yield* inner(); log.push(result); yield* [10, 20]; yield* "ab"; return yield* new Set(["s"]); }
console.log([...outer()]);
const o = outer();
console.log(o.next(), o.next("sent"), o.next(), o.return("bye"));
const plain = { [Symbol.iterator]() { return { next: (v) => ({ value: v, done: v === "stop", extra: true }) }; } };
function* delegates() { return yield* plain; }
const p = delegates();
console.log(p.next("a"), p.next("b"), p.next("stop"));
const p2 = delegates(); p2.next();
try { p2.throw(new Error("lost")); } catch (error) { console.log(error.constructor.name, error.message); }
const methods = { [Symbol.iterator]() { return { next: () => ({ value: 1 }), return: (v) => ({ value: `r ${v}`, done: true }), throw: (e) => ({ value: `t ${e}`, done: false }) }; } };
function* full() { yield* methods; }
const f = full();
console.log(f.next(), f.throw("E"), f.return("R"));
function* empty() {}
console.log([...empty()], empty()[Symbol.toStringTag], talk.prototype === Object.getPrototypeOf(talk()), Object.getPrototypeOf(talk).constructor.name);
function* reentrant() { try { it.next(); } catch (error) { yield error.message; } }
const it = reentrant();
console.log(it.next());
for (const x of talk()) { log.push(x); break; }
const [head] = talk();
log.push(head);
function* finallyYields() { try { yield 1; } finally { yield "cleanup"; } }
const fy = finallyYields();
console.log(fy.next(), fy.return("r"), fy.next(), fy.next());
function* fibonacci() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
console.log(fibonacci().take(8).toArray());
console.log(log);
