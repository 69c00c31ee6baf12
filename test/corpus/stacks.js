function frames(error) { return error.stack.split("\n").slice(1).filter((line) => line.includes("stacks")).map((line) => /at (.*?) ?\(?[^ (]*?stacks[^:]*:(\d+)/.exec(line)?.slice(1, 3).join(":")).join(" "); }
function inner() { throw new Error("deep"); }
function middle() { return inner(); }
const outer = () => middle();
class Service { call() { return outer(); } static async start() { await null; return new Service().call(); } get value() { return this.call(); } }
function* generator() { yield outer(); }
async function* asyncGenerator() { await null; yield outer(); }
async function awaits() { const x = await Service.start(); return x; }
try { new Service().call(); } catch (error) { console.log(frames(error)); }
try { new Service().value; } catch (error) { console.log(frames(error)); }
try { [...generator()]; } catch (error) { console.log(frames(error)); }
await awaits().catch((error) => console.log(frames(error)));
await asyncGenerator().next().catch((error) => console.log(frames(error)));
function depth() { let n = 0; (function dive() { n++; dive.x = 1; if (new Error().stack.split("\n").length < 9) dive(); })(); return n; }
console.log(depth());
[3, 1, 2].sort((a, b) => { if (a === 1) console.log(frames(new Error("in callback"))); return a - b; });
