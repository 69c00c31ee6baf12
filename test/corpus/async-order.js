const order = [];
const note = (name) => order.push(name);
async function one() { note("one"); return 1; }
async function two() { note("two 1"); await null; note("two 2"); await one(); note("two 3"); return 2; }
async function chain() { note("chain"); return two(); }
async function thrower() { await null; throw new Error("no"); }
async function nested() { try { await thrower(); } catch { note("caught"); await null; note("after"); } finally { await null; note("finally"); } return note("end"); }
const lazy = { then(resolve) { note("then"); resolve("lazy"); } };
async function viaThenable() { note(await lazy); return lazy; }
const arrow = async (x) => x;
const returnsPromise = async () => Promise.resolve("inner");
function ticks(label, promise) { promise.then((value) => note(`${label} = ${value}`), (error) => note(`${label} ! ${error.message}`)); }
ticks("one", one());
ticks("two", two());
ticks("chain", chain());
ticks("thrower", thrower());
ticks("nested", nested());
ticks("thenable", viaThenable());
ticks("arrow", arrow("x"));
ticks("inner", returnsPromise());
note("sync end");
let tick = Promise.resolve();
for (let i = 0; i < 24; i++) { await tick; note(`tick ${i}`); }
setTimeout(() => console.log(order.join("\n")), 1);
