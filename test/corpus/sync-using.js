// `using` in every kind of function, left in every way, with resources that fail.
const log = [];
const open = (name, fail) => { log.push(`open ${name}`); return { name, [Symbol.dispose]() { log.push(`close ${name}`); if (fail) throw new Error(`${name} failed`); } }; };
const kinds = {
  sync(how) { using a = open("a"), b = open("b", how === "fails"); if (how === "throws") throw new Error("body"); using c = null; return `${a.name}${b.name}${c}`; },
  async later(how) { using a = open("a"), b = open("b", how === "fails"); await null; if (how === "throws") throw new Error("body"); await using c = open("c"); return `${a.name}${b.name}${c.name}`; },
  *generated(how) { using a = open("a"), b = open("b", how === "fails"); yield a.name; if (how === "throws") throw new Error("body"); return b.name; },
  async *generatedLater(how) { using a = open("a"); await using b = open("b", how === "fails"); yield a.name; if (how === "throws") throw new Error("body"); return b.name; },
  loops(how) { const seen = []; for (using x of [open("x"), open("y", how === "fails")]) { if (how === "throws") throw new Error("body"); seen.push(x.name); } return seen.join(); },
  blocks(how) { { using x = open("x"); if (how === "throws") throw new Error("body"); } { using y = open("y", how === "fails"); } return "out"; },
};
const describe = (error) => error instanceof SuppressedError ? `suppressed(${describe(error.error)}, ${describe(error.suppressed)})` : error.message;
for (const [kind, f] of Object.entries(kinds)) {
  for (const how of ["returns", "throws", "fails"]) {
    log.length = 0;
    let outcome;
    try { const result = f(how); if (typeof result.next === "function") { outcome = []; for (;;) { const { value, done } = await result.next(); outcome.push(value); if (done) break; } } else outcome = await result; } catch (error) { outcome = describe(error); }
    console.log(kind, how, outcome, log.join("; "));
  }
}
class Guard { [Symbol.dispose]() { log.push("guarded"); } static run() { using g = new Guard(); return g instanceof Guard; } constructor() { using x = open("constructed"); this.x = x.name; } }
console.log(Guard.run(), log.slice(-3));
