/**
 * Asks the model.
 * @param question what to ask
 * @trace {
 *   name: "ask",
 *   spanType: "CHAT_MODEL",
 *   attributes: { model: "gpt-4o-mini", temperature: -0.5, stop: ["\n"], stream: false, user: null },
 *   root: true,
 *   outputs: false,
 * }
 * @returns the answer
 */
import * as __sw from "spanwright/runtime"; export async function ask(question: string) { const __swF = (__sw0 ??= __swS(0)).on ? __sw0.open([question]) : __sw.off; try {
  return __swF.ret(model(question));
} catch (__swE) { throw __swF.fail(__swE); }}
var __sw0, __swT; function __swS(i) { return (__swT ??= __sw.sites(2, "src/options.ts", [{"name":"ask","line":13,"kind":"async","params":["question"],"options":{"name":"ask","spanType":"CHAT_MODEL","attributes":{"model":"gpt-4o-mini","temperature":-0.5,"stop":["\n"],"stream":false,"user":null},"root":true,"outputs":false}}]))[i]; }
