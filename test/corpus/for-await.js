// `for await` over synchronous and asynchronous iterables, left in every way; every call noted.
const log = [];
const step = (i) => (i < 3 ? { value: i, done: false } : { value: "end", done: true });
const closing = (label, fail) => (v) => { log.push(`${label} closed`); if (fail === "throws") throw new Error("close threw"); return fail === "primitive" ? 1 : { value: v, done: true }; };
const sources = {
  // Its steps would settle a tick later, one of the known exceptions.
  // @trace off
  async: (fail) => ({ /* @trace off */ [Symbol.asyncIterator]() { let i = 0; return { next: async () => step(i++), return: closing("async", fail) }; } }),
  asyncSlow: (fail) => ({ [Symbol.asyncIterator]() { let i = 0; return { next: () => new Promise((done) => setImmediate(() => done(step(i++)))), return: async (v) => closing("slow", fail)(v) }; } }),
  asyncPlain: (fail) => ({ [Symbol.asyncIterator]() { let i = 0; return { next: () => step(i++), return: closing("plain", fail) }; } }),
  sync: (fail) => ({ [Symbol.iterator]() { let i = 0; return { next: () => { const { value, done } = step(i++); return { value: Promise.resolve(value), done }; }, return: closing("sync", fail) }; } }),
  unclosed: () => ({ [Symbol.asyncIterator]() { let i = 0; return { next: async () => step(i++) }; } }),
  array: () => [0, Promise.resolve(1), 2],
  generator: () => (function* () { try { yield 0; yield 1; yield 2; } finally { log.push("generator closed"); } })(),
  asyncGenerator: () => (async function* () { try { yield 0; yield 1; yield 2; } finally { await null; log.push("async generator closed"); } })(),
  rejecting: () => ({ [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error("next rejected")), return: closing("rejecting") }) }),
  throwing: () => ({ [Symbol.asyncIterator]: () => ({ next: () => { throw new Error("next threw"); }, return: closing("throwing") }) }),
  rejectingValue: () => ({ [Symbol.iterator]: () => ({ next: () => ({ value: Promise.reject(new Error("value rejected")), done: false }), return: closing("value") }) }),
};
const bodies = {
  async finishes(source) { const seen = []; for await (const x of source) seen.push(x); return seen; },
  async breaks(source) { for await (const x of source) { if (x === 1) break; log.push(x); } return "after break"; },
  async returns(source) { for await (const x of source) if (x === 1) return `returned ${x}`; },
  async throws(source) { for await (const x of source) { await null; if (x === 1) throw new Error("body"); } },
  async continues(source) { outer: for (const y of ["a", "b"]) { for await (const x of y === "a" ? source : [1]) { if (x === 1) continue outer; log.push(y + x); } } return "continued"; },
  async assigns(source) { const o = {}; for await (o.x of source) if (o.x === 1) break; return o; },
  async destructures(source) { const all = []; for await (const { length = "none", constructor: { name } } of source) all.push(length, name); return all; },
  async closes(source) { const all = []; for await (let x of source) all.push(() => x++); return all.map((f) => f()); },
  async caught(source) { try { for await (const x of source) if (x === 1) throw 0; } catch (error) { return ["caught", error?.message ?? error]; } finally { await null; log.push("finally"); } },
  async *yields(source) { for await (const x of source) { const sent = yield x; log.push(`sent ${sent}`); if (x === 1) return "yields returned"; } },
  async returnsInFinally(source) { try { for await (const x of source) return x; } finally { return "overridden"; } },
  async single(source) { for await (const x of source) log.push(x); },
  async nothing(source) { for await (var x of source); return x; },
};
async function settle(result) {
  if (typeof result.next !== "function") return result;
  const steps = [];
  for (;;) { const { value, done } = await result.next(`to ${steps.length}`); steps.push(value); if (done) return steps; }
}
for (const [kind, source] of Object.entries(sources)) {
  for (const [way, body] of Object.entries(bodies)) {
    for (const fail of kind.includes("sync") && kind !== "asyncGenerator" ? ["", "throws", "primitive"] : [""]) {
      log.length = 0;
      const outcome = await settle(body(source(fail))).then((value) => value, (error) => `${error.name}: ${error.message}`);
      console.log(kind, way, fail, JSON.stringify(outcome), log.join("; "));
    }
  }
}
const order = [];
const ticking = (async () => { for (let i = 0; i < 90; i++) { await null; order.push(i); } })();
for (const kind of ["async", "asyncPlain", "sync", "array", "asyncGenerator"]) { for (const way of ["finishes", "breaks", "returns", "throws"]) { await bodies[way](sources[kind]()).catch(() => {}); order.push(`${kind} ${way}`); } }
await ticking;
console.log(order.join(" "));
