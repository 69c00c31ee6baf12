// Labels, switches, `finally` that overrides, falsy throws and nested functions, in every kind of function.
const falsy = [undefined, null, 0, -0, "", false, NaN, 0n];
const show = (x) => (Object.is(x, -0) ? "-0" : typeof x === "bigint" ? `${x}n` : String(x));
const kinds = {
  sync: [function (v) { throw v; }, function (v) { try { throw v; } finally { return "over"; } }, function (v) { for (;;) { try { throw v; } finally { break; } } return "broke"; }, function (v) { try { return v; } finally { try { throw 1; } catch {} } }, function (v) { out: { try { return v; } finally { break out; } } return "left"; }],
  async: [async function (v) { throw v; }, async function (v) { try { throw await v; } finally { return "over"; } }, async function (v) { for (;;) { try { throw v; } finally { await null; break; } } return "broke"; }, async function (v) { try { return v; } finally { try { await Promise.reject(1); } catch {} } }, async function (v) { out: { try { return await v; } finally { break out; } } return "left"; }],
  generator: [function* (v) { throw v; }, function* (v) { try { throw yield v; } finally { return "over"; } }, function* (v) { for (;;) { try { throw v; } finally { yield "in finally"; break; } } return "broke"; }, function* (v) { try { return v; } finally { try { yield 1; throw 1; } catch {} } }, function* (v) { out: { try { return yield v; } finally { break out; } } return "left"; }],
  asyncGenerator: [async function* (v) { throw v; }, async function* (v) { try { throw yield v; } finally { return "over"; } }, async function* (v) { for (;;) { try { throw v; } finally { yield "in finally"; break; } } return "broke"; }, async function* (v) { try { return v; } finally { try { yield 1; await Promise.reject(1); } catch {} } }, async function* (v) { out: { try { return yield v; } finally { break out; } } return "left"; }],
  arrow: [(v) => { throw v; }, (v) => { try { throw v; } finally { return "over"; } }, (v) => (() => { throw v; })(), async (v) => { throw v; }, async (v) => await Promise.reject(v)],
};
function switches(x) { switch (x) { case 1: let y = "one"; return y; case 2: { function inner() { return "two"; } return inner(); } default: return ((y) => y)("default"); } }
function labels() { const seen = []; a: for (let i = 0; i < 3; i++) { b: for (const j of [0, 1, 2]) { if (j === 1) continue a; if (i === 2) break a; c: { if (i) break c; seen.push([i, j]); } do { if (i) continue b; } while (false); } } d: if (seen.length) { break d; } return seen; }
async function labelsLater() { const seen = []; a: for (let i = 0; i < 3; i++) { b: for await (const j of [0, 1, 2]) { if (j === 1) continue a; if (i === 2) break a; seen.push([i, await j]); continue b; } } x: y: for await (const z of [1]) { break x; } return seen; }
function nested(n) { function inner(m) { return m ? nested(m - 1) : "bottom"; } const arrow = () => inner(n); return n ? arrow() : [typeof inner, typeof arrow]; }
function loops() { const fs = []; for (let i = 0; i < 2; i++) fs.push(() => i); for (var j = 0; j < 2; j++) fs.push(() => j); for (const k in { p: 1 }) fs.push(() => k); let w = 0; while (w < 1) { const x = w++; fs.push(() => x); } return fs.map((f) => f()); }
function caught() { try { throw { a: 1, b: [2] }; } catch ({ a, b: [c = 3], d = () => a }) { var e = [a, c, d()]; } return e; }
async function caughtLater() { try { await Promise.reject({ a: 1, b: [] }); } catch ({ a, b: [c = await 3], ...d }) { await null; return [a, c, d]; } }
function shadows(error) { try { throw 1; } catch (error) { var error = 2; } return error; }
function directives() { "use strict"; "second"; return this === undefined; }
function noSemicolon() { "use strict"
  return (function () { return this === undefined })() }
function returnsComma() { return 1, 2, (3, 4); }
function returnsNothing() { return /* nothing */
  5; }
function throwsInReturn() { try { return (() => { throw "in return"; })(); } catch (e) { return e; } finally { /* empty */ } }
function deleteReturn() { return delete [].length, void 0, typeof x, !1; }
var x = 1;
async function outcome(f, v) {
  let result;
  try { result = f(v); } catch (error) { return `throws ${show(error)}`; }
  try {
    if (typeof result?.next !== "function") return `gives ${show(await result)}`;
    const seen = [];
    for (;;) { const { value, done } = await result.next(v); seen.push(show(value)); if (done) return `ends ${seen}`; }
  } catch (error) { return `rejects ${show(error)}`; }
}
(async () => {
  for (const [kind, functions] of Object.entries(kinds)) for (const [i, f] of functions.entries()) { const seen = []; for (const v of falsy) seen.push(await outcome(f, v)); console.log(kind, i, seen.join("; ")); }
  console.log(switches(1), switches(2), switches(3), labels(), await labelsLater(), nested(3), nested(0), loops());
  console.log(caught(), await caughtLater(), shadows("kept"), directives(), noSemicolon(), returnsComma(), returnsNothing(), throwsInReturn(), deleteReturn());
})();
