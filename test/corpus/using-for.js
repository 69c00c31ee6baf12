// `using` in the head of a `for (;;)`.
const log = [];
const open = (name, fail) => { log.push(`open ${name}`); return { name, [Symbol.dispose]() { log.push(`close ${name}`); if (fail) throw new Error(`${name} failed`); } }; };
const kinds = {
  sync(fail) { for (using x = open("x", fail); ; ) { log.push(x.name); break; } return "out"; },
  async later(fail) { for (using x = open("x", fail), y = open("y"); ; ) { await null; if (fail) throw new Error("body"); return y.name; } },
  *items(fail) { let n = 2; for (using x = open("x", fail); n > 0; n--) yield x.name; return "end"; },
  async *stream(fail) { outer: for (;;) { for (using x = open("x", fail); ; ) { yield x.name; break outer; } } },
};
for (const [kind, f] of Object.entries(kinds)) {
  for (const fail of [false, true]) {
    let outcome = [];
    try { const result = f(fail); if (typeof result.next === "function") { for (;;) { const { value, done } = await result.next(); outcome.push(value); if (done) break; } } else outcome = await result; } catch (error) { outcome = `${error.name} ${error.message} ${error.suppressed?.message}`; }
    console.log(kind, fail, outcome, log.splice(0).join("; "));
  }
}
