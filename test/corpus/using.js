const log = [];
const note = (x) => { log.push(x); return x; };
const resource = (name, fail) => ({ name, async [Symbol.asyncDispose]() { note(`${name} disposing`); await null; note(`${name} disposed`); if (fail) throw new Error(`${name} failed`); } });
const sync = (name) => ({ [Symbol.dispose]() { note(`${name} disposed`); } });
async function both() { await using a = resource("a"), b = resource("b"); using c = sync("c"); await using d = null; await using e = sync("e"); note("body"); return "value"; }
async function thrown() { await using a = resource("a", true); await using b = resource("b", true); throw new Error("body"); }
async function blocks() { { await using x = resource("x"); note("in"); } note("between"); for (const i of [1, 2, 3]) { await using y = resource(`y${i}`); if (i === 1) continue; if (i === 2) break; } note("out"); }
async function loop() { for (await using z of [resource("z1"), resource("z2")]) note(z.name); }
async function bad() { await using w = { [Symbol.asyncDispose]: 1 }; }
async function none() { await using w = {}; }
async function failing() { await using f = { [Symbol.dispose]() { throw new Error("at once"); } }; }
async function* generator() { await using g = resource("g"); yield 1; yield 2; }
note(await both());
await thrown().catch((error) => note(`${error.name} ${error.error?.message} ${error.suppressed?.name} ${error.suppressed?.suppressed?.message}`));
await blocks();
await loop();
await bad().catch((error) => note(error.constructor.name));
await none().catch((error) => note(error.constructor.name));
const failed = failing(); note("caller"); await failed.catch((error) => note(error.message));
for await (const x of generator()) { note(x); break; }
const order = [];
await Promise.all([both().then(() => order.push("both")), loop().then(() => order.push("loop")), (async () => { for (let i = 0; i < 14; i++) { await null; order.push(i); } })()]);
console.log(log.join("\n"), order.join(" "));
