function finallyWins() { try { return "try"; } finally { return "finally"; } }
function finallyThrows() { try { return 1; } finally { throw "late"; } }
function finallyRuns(log) { try { return log.push("try"); } finally { log.push("finally"); } }
function swallowed() { try { throw 1; } catch { return "caught"; } }
function loop() { outer: for (const a of [1, 2]) { for (const b of [1, 2]) { if (b === 2) continue outer; if (a === 2) break outer; } } return "looped"; }
function falsy(value) { throw value; }
function nothing() {}
function empty() { return; }
const log = [];
console.log(finallyWins(), finallyRuns(log), log, swallowed(), loop(), nothing(), empty());
try { finallyThrows(); } catch (error) { console.log("thrown", error); }
for (const value of [undefined, null, 0, "", false, NaN, 0n, Symbol.iterator, Object.freeze({ a: 1 })]) {
  try { falsy(value); } catch (error) { console.log(Object.is(error, value)); }
  const later = async () => { throw value; };
  await later().catch((error) => console.log(Object.is(error, value)));
  const gen = (function* () { yield 1; throw value; })();
  gen.next();
  try { gen.next(); } catch (error) { console.log(Object.is(error, value), gen.next()); }
}
const object = { a: 1 };
const same = (x) => x;
console.log(same(object) === object, same(same) === same);
function recursive(n) { return n === 0 ? 0 : 1 + recursive(n - 1); }
console.log(recursive(1000));
function overflow() { return 1 + overflow(); }
try { overflow(); } catch (error) { console.log(error instanceof RangeError, error.message); }
function sequence() { let x = 0; return x++, x++, [x, "last"]; }
async function sequenceLater() { return log.length, await null, "later"; }
console.log(sequence(), await sequenceLater(), (() => (1, 2))());
