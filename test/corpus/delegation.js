// `yield*` over generators, arrays and foreign iterators, with and without `throw` and `return`; every call noted.
const log = [];
// Whether V8 quotes a `yield*` depends on what its operand looks like, not on what it is.
const said = (error) => `${error.constructor.name} ${/is not (a function|iterable)/.test(error.message) ? "about a method" : error.message}`;
function foreign(label, methods) {
  const iterator = { next(v) { log.push(`${label} next ${String(v)} of ${arguments.length}`); return { value: v, done: v === "stop" }; } };
  for (const [name, result] of Object.entries(methods)) iterator[name] = function (v) { log.push(`${label} ${name} ${String(v?.message ?? v)} of ${arguments.length}`); return result(v); };
  const open = () => { log.push(`${label} opened`); return iterator; };
  return { [Symbol.iterator]: open };
}
const sources = {
  bare: () => foreign("bare", {}),
  closing: () => foreign("closing", { return: (v) => ({ value: `closed ${v}`, done: true }) }),
  holding: () => foreign("holding", { return: () => ({ value: "not yet", done: false }) }),
  catching: () => foreign("catching", { throw: (e) => ({ value: `caught ${e.message}`, done: false }) }),
  ending: () => foreign("ending", { throw: () => ({ value: "ended", done: true }), return: (v) => ({ value: v, done: true }) }),
  primitive: () => foreign("primitive", { throw: () => 1, return: () => "no object" }),
  uncallable: () => ({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: 5, throw: {} }) }),
  array: () => [1, 2, 3],
  string: () => "a😀b",
  map: () => new Map([[1, 2]]).entries(),
  generator: () => inner(),
  frozen: () => Object.freeze({ [Symbol.iterator]: () => Object.freeze({ next: () => Object.freeze({ value: "frozen", done: false }) }) }),
};
function* inner() { try { const x = yield "inner"; log.push(`inner got ${x}`); yield x; return "inner result"; } catch (error) { log.push(`inner caught ${error.message}`); yield "recovered"; return "after"; } finally { log.push("inner finally"); } }
function* sync(source) { try { const result = yield* source; log.push(`result ${result}`); return result; } catch (error) { log.push(`outer ${said(error)}`); return "failed"; } finally { log.push("outer finally"); } }
async function* later(source) { try { const result = yield* source; log.push(`result ${result}`); return result; } catch (error) { log.push(`outer ${said(error)}`); return "failed"; } finally { log.push("outer finally"); } }
const steps = { next: (g) => g.next("sent"), stop: (g) => g.next("stop"), throw: (g) => g.throw(new Error("thrown")), return: (g) => g.return("returned") };
for (const [name, make] of Object.entries(sources)) {
  for (const [step, act] of Object.entries(steps)) {
    for (const kind of [sync, later]) {
      log.length = 0;
      const g = kind(make());
      const seen = [await g.next("first"), await act(g), await g.next("after")];
      // By now the generator may be over, and throws what it is given.
      try { seen.push(await act(g)); } catch (error) { seen.push(error.message); }
      console.log(name, step, kind.name, JSON.stringify(seen), log.join("; "));
    }
  }
}
const getters = [];
const observed = { get [Symbol.iterator]() { getters.push("open"); return () => ({ get next() { getters.push("next"); return () => ({ get done() { getters.push("done"); return false; }, get value() { getters.push("value"); return 1; } }); }, get return() { getters.push("return"); return undefined; }, get throw() { getters.push("throw"); return undefined; } }); } };
const g = sync(observed); g.next(); getters.push("|"); g.next(); getters.push("|"); g.return(1);
const h = sync(observed); getters.push("||"); h.next(); h.throw(new Error("nobody"));
console.log(getters.join(" "));
const passed = { value: 1, done: false, extra: "kept" };
console.log(sync({ [Symbol.iterator]: () => ({ next: () => passed }) }).next() === passed);
const wrapped = { [Symbol.asyncIterator]: () => ({ i: 0, next() { return this.i++ < 2 ? Promise.resolve({ value: Promise.resolve("inside"), done: false }) : { value: "end", done: true }; } }) };
const w = later(wrapped);
console.log(await (await w.next()).value, await (await w.next()).value, await w.next());
function* deep(n) { if (n === 0) { const x = yield "bottom"; return x; } return yield* deep(n - 1); }
const d = deep(20);
console.log(d.next(), d.next("up"));
function* tree(node) { if (node) { yield* tree(node.l); yield node.v; yield* tree(node.r); } }
console.log([...tree({ v: 2, l: { v: 1 }, r: { v: 3 } })]);
function* self() { try { yield* it; } catch (error) { yield error.message; } }
const it = self();
console.log(it.next(), it.next());
