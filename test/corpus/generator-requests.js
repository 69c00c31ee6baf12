// Requests that reach a generator while it runs, or wait in an async generator's queue.
const log = [];
const note = (label) => [(v) => log.push(`${label} ${JSON.stringify(v)}`), (e) => log.push(`${label} ! ${e?.message ?? e}`)];
let running;
function* reentrant(how) { try { running[how](1); } catch (error) { yield `${error.name}: ${error.message}`; } return "end"; }
for (const how of ["next", "throw", "return"]) { running = reentrant(how); console.log(running.next(), running.next()); }
function* inCallback() { [1].forEach(() => { try { running.next(); } catch (error) { log.push(error.message); } }); const seen = []; for (const x of [1, 2]) seen.push(x); yield seen; }
running = inCallback(); console.log(running.next());
async function* queued() { try { for (let i = 0; ; i++) { const sent = yield i; log.push(`got ${sent}`); await null; if (sent === "fail") throw new Error("failed"); } } finally { await null; log.push("finally"); } }
const mixes = [["next", "next", "next"], ["next", "return", "next"], ["next", "throw", "next"], ["return", "next"], ["throw", "next"], ["next", "next", "return", "return", "throw"]];
for (const mix of mixes) { const g = queued(); await Promise.all(mix.map((how, i) => g[how](how === "throw" ? new Error(`thrown ${i}`) : `${how} ${i}`).then(...note(how)))); console.log(mix.join(), log.splice(0).join("; ")); }
async function* requestsItself() { const next = self.next("queued from inside"); const sent = yield "first"; log.push(`sent ${sent}`); yield "second"; await next.then(...note("inside")); }
const self = requestsItself();
await self.next().then(...note("a")); await self.next("b").then(...note("b")); await self.next().then(...note("c"));
console.log(log.splice(0).join("; "));
async function* promises() { const a = yield Promise.resolve("resolved"); log.push(a); try { yield Promise.reject(new Error("rejected")); } catch (error) { log.push(`caught ${error.message}`); } return Promise.resolve("returned"); }
const p = promises();
console.log(await Promise.all([p.next(), p.next("A"), p.next("B"), p.next()]), log.splice(0));
const early = promises();
console.log(await early.return(Promise.resolve("early")), await early.next());
await promises().return(Promise.reject(new Error("bad return"))).catch((error) => log.push(error.message));
const suspended = promises(); await suspended.next();
await suspended.return(Promise.reject(new Error("bad return inside"))).then(...note("return"));
await suspended.next().then(...note("after"));
console.log(log.splice(0).join("; "));
async function* inner() { try { yield 1; yield 2; } catch (error) { log.push(`inner ${error.message}`); yield "recovered"; } finally { log.push("inner closed"); } return "inner result"; }
async function* outer() { const result = yield* inner(); log.push(result); yield* [3, Promise.resolve(4)]; }
for (const mix of [["next", "next", "next", "next", "next", "next"], ["next", "throw", "next"], ["next", "return", "next"]]) { const g = outer(); const all = await Promise.allSettled(mix.map((how) => g[how](how === "throw" ? new Error("in") : how))); console.log(JSON.stringify(all.map(({ value, reason }) => value ?? reason.message)), log.splice(0).join("; ")); }
const order = [];
const tick = (async () => { for (let i = 0; i < 24; i++) { await null; order.push(i); } })();
const q = queued();
for (const how of ["next", "next", "return", "next"]) q[how](how).then(() => order.push(how));
(async () => { for await (const x of outer()) order.push(`x${x}`); order.push("outer end"); })();
await tick;
console.log(order.join(" "));
const wrong = queued().next;
await (async () => wrong.call({}))().catch((error) => console.log(error.constructor.name));
