const log = [];
async function* numbers(n) { try { for (let i = 0; i < n; i++) { await null; const sent = yield i; if (sent) log.push(`sent ${sent}`); } return "end"; } finally { log.push("closed"); await null; log.push("closed 2"); } }
const g = numbers(3);
console.log(await g.next(), await g.next("x"), await g.return("r"), await g.next());
for await (const n of numbers(5)) { if (n === 2) break; log.push(n); }
try { for await (const n of numbers(5)) { if (n === 1) throw new Error("body"); } } catch (error) { log.push(error.message); }
const queued = numbers(2);
console.log(await Promise.all([queued.next(), queued.next("q"), queued.next(), queued.next()]));
async function* delegate() { const result = yield* numbers(2); log.push(result); yield* [Promise.resolve("p"), "q"]; return yield* numbers(1); }
for await (const value of delegate()) log.push(value);
async function* rejects() { yield Promise.reject(new Error("rejected")); }
await rejects().next().catch((error) => log.push(error.message));
async function* throws() { yield 1; throw new Error("mid"); }
try { for await (const value of throws()) log.push(value); } catch (error) { log.push(error.message); }
const t = numbers(3); await t.next();
await t.throw(new Error("thrown in")).catch((error) => log.push(error.message));
async function consume(source) { const seen = []; for await (const value of source) seen.push(value); return seen; }
console.log(await consume([1, Promise.resolve(2), 3]), await consume(new Set(["a"])), await consume(numbers(2)));
const closing = { [Symbol.asyncIterator]() { let i = 0; return { next: async () => ({ value: i++, done: i > 9 }), return: async (v) => { log.push("return called"); return { value: v, done: true }; } }; } };
async function first(source) { for await (const value of source) return value; }
async function labelled(source) { outer: for (const a of [1, 2]) for await (const b of source) { if (b === 1) continue outer; if (a === 2) break outer; } return "ok"; }
console.log(await first(closing), await labelled(closing));
const syncClosing = { [Symbol.iterator]() { return { next: () => ({ value: Promise.resolve(1), done: false }), return: () => { log.push("sync return"); return {}; } }; } };
console.log(await first(syncClosing));
async function bad() { for await (const x of 5) log.push(x); }
await bad().catch((error) => log.push(error.constructor.name));
const rejecting = { [Symbol.iterator]() { return { next: () => ({ value: Promise.reject(new Error("value")), done: false }), return: () => { log.push("closed on rejection"); return {}; } }; } };
await consume(rejecting).catch((error) => log.push(error.message));
const order = [];
const noted = async (label, source) => { for await (const value of source) order.push(`${label} ${value}`); order.push(`${label} end`); };
await Promise.all([noted("a", numbers(3)), noted("b", [1, 2, 3]), noted("c", delegate()), (async () => { for (let i = 0; i < 30; i++) { await null; order.push(i); } })()]);
console.log(order.join(" "));
console.log(log.join("\n"));
