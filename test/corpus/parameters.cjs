// Every function kind with default, destructured, rest and redeclared parameters, and `arguments`, aliased or not.
const later = async () => "awaited";
const kinds = {
  declaration: (() => { function f(a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) { var a; a = [a]; return [a, b, c, d, e, g, h, arguments.length]; } return f; })(),
  expression: function f(a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) { var a; a = [a]; return [a, b, c, d, e, g, h, f.length]; },
  arrow: (a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) => { var a; a = [a]; return [a, b, c, d, e, g, h]; },
  concise: (a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) => [a, b, c, d, e, g, h],
  async: async function (a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) { var a; a = [a, await later()]; return [a, b, c, d, e, g, h, arguments.length]; },
  asyncArrow: async (a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) => [await a, b, c, d, e, g, h],
  *generator(a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) { var a; a = [a, yield 1]; return [a, b, c, d, e, g, h, arguments.length]; },
  async *asyncGenerator(a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) { var a; a = [a, yield await later()]; return [a, b, c, d, e, g, h, arguments.length]; },
  method(a, b = a, { c = b, ...d } = {}, [e, , g = e] = [], ...h) { var a; a = [a]; return [a, b, c, d, e, g, h, arguments.length]; },
};
async function settle(result) {
  if (typeof result?.next !== "function") return result;
  const steps = [];
  for (let step = await result.next(); ; step = await result.next("sent")) { steps.push(step); if (step.done) return steps; }
}
const inputs = [[], [1], [1, 2, { c: 3, x: 4 }, [5, 6, 7], 8, 9], [undefined, undefined, {}, "str"], [null, null, { c: undefined }, new Set([1])]];
function sloppy(a, b) { arguments[0] = "set"; b = "changed"; arguments.length = 5; return [a, [...arguments], arguments.length]; }
function strict(a, b) { "use strict"; arguments[0] = "set"; b = "changed"; return [a, [...arguments]]; }
function defaulted(a, b = 1) { arguments[0] = "set"; b = "changed"; return [a, [...arguments]]; }
function deleted(a) { delete arguments[0]; arguments[0] = "kept apart"; return a; }
function callee() { return arguments.callee === callee; }
function strictCallee() { "use strict"; try { return arguments.callee; } catch (error) { return error.constructor.name; } }
function escapes(a) { return [() => arguments[0], (x) => { a = x; }]; }
function* aliasedGenerator(a) { arguments[0] = yield a; yield a; }
async function aliasedAsync(a) { await null; arguments[0] = "set later"; await null; return a; }
function own(a) { var arguments; return arguments[0] + a; }
function nested() { return (() => (() => arguments[1])())(); }
function duplicate(a, a, b) { return [a, b, arguments[0]]; }
function scoped(a, get = () => a) { var a; const before = a; a = "body"; return [before, a, get()]; }
function closure(a, set = (x) => { a = x; }, get = () => a) { set("set"); return [a, get()]; }
function evaluated(a = 1, f = () => a) { var a = a + 1; return [a, f()]; }
function thrown(a = (() => { throw new Error("default"); })()) { return a; }
async function thrownLater(a = (() => { throw new Error("default later"); })()) { return a; }
function* thrownGenerator(a = (() => { throw new Error("default at once"); })()) { yield a; }
function destructured({ a: { b: [c = "none"] = [] } = {}, ["comp" + "uted"]: d, 3: e, "quo ted": f }) { return [c, d, e, f]; }
function named() { var named = "shadow"; return named; }
function astral(𠮷, { ключ: ß = 1 }) { return [𠮷, ß]; }
(async () => {
  for (const [kind, f] of Object.entries(kinds)) {
    console.log(kind, f.length);
    for (const input of inputs) console.log(JSON.stringify(await settle(await f(...input))));
  }
  console.log(sloppy(1, 2, 3), sloppy(), strict(1, 2), defaulted(1, 2), deleted(1), callee(), strictCallee());
  const [read, write] = escapes(1); write("written"); console.log(read());
  const g = aliasedGenerator(1); console.log(g.next(), g.next("sent"), await aliasedAsync(1));
  console.log(own(1), nested(1, 2), duplicate(1, 2, 3), scoped(1), closure(1), evaluated(), named(), astral("x", {}));
  for (const f of [thrown, thrownGenerator]) { try { f(); } catch (error) { console.log(error.message); } }
  await thrownLater().catch((error) => console.log(error.message));
  console.log(destructured({ computed: 1, 3: 2, "quo ted": 3 }), destructured({ a: { b: [4] } }));
  try { destructured(null); } catch (error) { console.log(error.message); }
  try { kinds.generator(1, 2, null); } catch (error) { console.log(error.message); }
  await kinds.async(1, 2, null).catch((error) => console.log(error.message));
})();
