import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { runBareAndTraced } from "./bare-and-traced.ts";
import { workFolder } from "./programs.ts";

/** The few things that tracing changes, each shown beside what it leaves alone. There are no others. */
const folder = workFolder("exceptions");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("toString shows the written-in code, and nothing else of a function differs", () => {
  const { bare, traced } = runBoth("to-string.js", [
    "function f(a, b = 1) { return a; }",
    "const g = async (x) => x;",
    "class C { static m() {} }",
    "const all = [f, g, C.m];",
    "console.log(all.map((f) => [f.name, f.length, Reflect.ownKeys(f), Object.getPrototypeOf(f).constructor.name]));",
    "console.log(C.toString().startsWith('class C { static m('), String(C.m) === 'm() {}');",
    "console.log(String(Math.max), String(f.bind(null)), f.toString === Function.prototype.toString);",
  ]);
  expect(traced.output).toBe(bare.output.replace("true true\n", "true false\n"));
  expect(traced.output).not.toBe(bare.output);
  expect(traced.errors).toBe("");
});

test("a plain function's native promise settles one tick later, and no other function's result does", () => {
  const { bare, traced } = runBoth("tick.js", [
    "const ticksUntil = async (promise) => { let ticks = 0, settled = false; promise.then(() => { settled = true; }); while (!settled) { await null; ticks++; } return ticks; };",
    "const native = () => Promise.resolve(1);",
    "const same = (promise) => promise;",
    "const asynchronous = async () => 1;",
    "const returning = async () => Promise.resolve(1);",
    "const thenable = () => ({ then(resolve) { resolve(1); return this; } });",
    "async function* generated() { yield 1; }",
    "class Sub extends Promise {}",
    "const subclass = () => Sub.resolve(1);",
    "for (const f of [native, asynchronous, returning, subclass]) console.log(f.name, await ticksUntil(f()));",
    "const g = generated(); console.log(await ticksUntil(g.next()), await ticksUntil(g.next()));",
    "console.log(await thenable(), native().constructor === Promise, subclass() instanceof Sub);",
    "const one = Promise.resolve(); console.log(same(one) === same(one));",
  ]);
  const ticksOfNative = /^native (\d+)$/m;
  const before = Number(ticksOfNative.exec(bare.output)?.[1]);
  expect(Number(ticksOfNative.exec(traced.output)?.[1])).toBe(before + 1);
  expect(traced.output.replace(ticksOfNative, "")).toBe(bare.output.replace(ticksOfNative, ""));
  expect(traced.errors).toBe("");
});

test("a plain function hands on another promise, one for each, but the very one where it has handled it itself", () => {
  const { bare, traced } = runBoth("identity.js", [
    "const [kept, handled] = [new Promise(() => {}), new Promise(() => {})];",
    "const keeps = () => kept;",
    "const handles = () => { const promise = handled; promise.catch(() => {}); return promise; };",
    "console.log('kept', keeps() === kept);",
    "console.log('again', keeps() === keeps());",
    "console.log('handled', handles() === handled);",
    "console.log('async', (async () => kept)() === kept);",
  ]);
  expect(bare.output).toBe("kept true\nagain true\nhandled true\nasync false\n");
  expect(traced.output).toBe(bare.output.replace("kept true", "kept false"));
  expect(traced.errors).toBe("");
});

test("a rejection that was handled out of sight of the function that returns it has to be handled by the caller, too", () => {
  const { bare, traced } = runBoth("handled-elsewhere.js", [
    "process.on('unhandledRejection', (reason) => console.log('unhandled', reason));",
    "const reject = (reason) => { const promise = Promise.reject(reason); promise.catch(() => {}); return promise; };",
    "const passes = (promise) => promise;",
    "const handles = (promise) => { const own = promise; own.catch(() => {}); return own; };",
    "const elsewhere = Promise.reject('elsewhere'); elsewhere.catch(() => {}); passes(elsewhere);",
    "const taken = Promise.reject('taken'); taken.catch(() => {}); passes(taken).catch(() => {});",
    "handles(Promise.reject('here'));",
    "reject('where it was made');",
    "passes(Promise.reject('nowhere'));",
  ]);
  expect(bare.output).toBe("unhandled nowhere\n");
  expect(traced.output.trim().split("\n").sort()).toEqual(["unhandled elsewhere", "unhandled nowhere"]);
  expect(traced.errors).toBe("");
});

test("a returned iterator or thenable bears methods of the runtime's until it is over, a collection's iterator a prototype", () => {
  const { bare, traced } = runBoth("observed.js", [
    "function* generated() { yield 1; }",
    "class Query { then(resolve) { resolve(1); } }",
    "const generator = () => generated(), list = () => [1].values(), map = () => new Map([[1, 2]]).keys(), query = () => new Query();",
    "const values = [generator(), list(), map(), query()];",
    "const prototypes = [generated.prototype, Object.getPrototypeOf([].values()), Object.getPrototypeOf(new Map().keys()), Query.prototype];",
    "const show = (when) => values.forEach((value, at) => console.log(when, Reflect.ownKeys(value).join() || 'none', Object.keys(value).length, Object.getPrototypeOf(value) === prototypes[at]));",
    "show('before');",
    "for (const value of values.slice(0, 3)) for (const _ of value);",
    "await values[3];",
    "show('after');",
  ]);
  const before = ["next,return,throw 0 true", "none 0 false", "none 0 false", "then 0 true"];
  expect(bare.output).toBe("before none 0 true\n".repeat(4) + "after none 0 true\n".repeat(4));
  expect(traced.output).toBe(
    before.map((line) => `before ${line}\n`).join("") + bare.output.slice(bare.output.indexOf("after")),
  );
  expect(traced.errors).toBe("");
});

test("a CommonJS module has the runtime among its children", () => {
  const { bare, traced } = runBoth("children.cjs", [
    "(function called() {})();",
    "require('node:fs');",
    "const children = module.children.map(({ id }) => require('node:path').basename(id));",
    "console.log(children.join(), Object.keys(globalThis).join(), module.paths.length);",
  ]);
  expect(traced.output).toBe(`compiled.js${bare.output}`);
  expect(traced.errors).toBe("");
});

test("the process has listeners of the runtime's for its end, and none for its errors", () => {
  const { bare, traced } = runBoth("listeners.js", [
    "const traced = () => {};",
    "traced();",
    "const errors = ['uncaughtException', 'uncaughtExceptionMonitor', 'unhandledRejection', 'rejectionHandled', 'multipleResolves'];",
    "for (const event of ['exit', 'beforeExit', ...errors]) console.log(event, process.listenerCount(event));",
  ]);
  expect(bare.output).toMatch(/^exit 0\nbeforeExit 0\n/);
  expect(traced.output).toBe(bare.output.replace("exit 0\nbeforeExit 0", "exit 1\nbeforeExit 1"));
  expect(traced.errors).toBe("");
});

test("the steps of an async iterator or a stream settle one tick later when a plain function returned it", () => {
  const { bare, traced } = runBoth("steps.js", [
    "const ticksUntil = async (promise) => { let ticks = 0, settled = false; promise.then(() => { settled = true; }); while (!settled) { await null; ticks++; } return ticks; };",
    "async function* generated() { yield 1; yield 2; }",
    "const iterator = () => generated();",
    "const iterable = () => ({ [Symbol.asyncIterator]: generated });",
    "const stream = () => new ReadableStream({ start(to) { to.enqueue(1); to.enqueue(2); to.close(); } });",
    "const plain = () => [1, 2].values();",
    "const steps = { generated: generated(), iterator: iterator(), iterable: iterable()[Symbol.asyncIterator](), stream: stream().values() };",
    "for (const [name, step] of Object.entries(steps)) console.log(name, await ticksUntil(step.next()), await step.next(), await step.next());",
    "const reader = stream().getReader(); console.log('reader', await ticksUntil(reader.read()), await reader.read(), await reader.read());",
    "console.log([...plain()]);",
  ]);
  const ticks = /^(iterator|iterable|stream|reader) (\d+)/gm;
  const later = (_: string, name: string, count: string) => `${name} ${Number(count) + 1}`;
  expect(traced.output).toBe(bare.output.replace(ticks, later));
  expect(traced.errors).toBe("");
});

test("an error of a returned thenable, or of a yielded promise, no longer names the async functions that wait for it", () => {
  const { bare, traced } = runBoth("waiting.js", [
    "async function fails() { await null; await null; throw new Error('no'); }",
    "class Query { then(fulfilled, rejected) { return fails().then(fulfilled, rejected); } }",
    "const kinds = {",
    "  native() { return fails(); },",
    "  async nativeLater() { return fails(); },",
    "  async awaits() { return await new Query(); },",
    "  thenable() { return new Query(); },",
    "  async thenableLater() { return new Query(); },",
    "  yielded() { return (async function* () { yield fails(); })().next(); },",
    "};",
    "async function caller(kind) { return await kinds[kind](); }",
    "for (const kind of Object.keys(kinds)) await caller(kind).catch((error) => console.log(kind, /at async caller/.test(error.stack)));",
  ]);
  expect(bare.output).not.toContain("false");
  expect(traced.output).toBe(bare.output.replace(/^(thenable|thenableLater|yielded) true$/gm, "$1 false"));
  expect(traced.errors).toBe("");
});

test("V8's message does not quote an operator or a literal that `for await` cannot iterate over", () => {
  const { bare, traced } = runBoth("operands.js", [
    "const n = 5, o = { p: n, f: () => n };",
    "const kinds = {",
    "  async path() { for await (const x of o.p); },",
    "  async call() { for await (const x of o.f()); },",
    "  async operator() { for await (const x of n + 1); },",
    "  async either() { for await (const x of n || 1); },",
    "  async choice() { for await (const x of n ? n : 1); },",
    "  async optional() { for await (const x of o?.p); },",
    "  async literal() { for await (const x of {}); },",
    "  async made() { for await (const x of new Object()); },",
    "};",
    "for (const [kind, f] of Object.entries(kinds)) await f().catch(({ message }) => console.log(kind, message));",
  ]);
  const bareLines = bare.output.split("\n");
  const differing = traced.output.split("\n").filter((line, index) => line !== bareLines[index]);
  expect(differing.map((line) => line.split(" ")[0])).toEqual([
    "operator",
    "either",
    "choice",
    "optional",
    "literal",
    "made",
  ]);
  for (const line of differing) expect(line).toMatch(/^\w+ \(intermediate value\) is not async iterable$/);
  expect(traced.errors).toBe("");
});

test("above an uncaught error Node prints the line of the re-throw, and the stack below it is the same", () => {
  const { bare, traced } = runBoth("uncaught.js", [
    "function fails() {",
    '  throw new TypeError("uncaught");',
    "}",
    "const outer = () => fails();",
    "outer();",
  ]);
  expect(traced.status).toBe(bare.status);
  expect(traced.output).toBe(bare.output);
  expect(bare.errors).toContain('  throw new TypeError("uncaught");');
  expect(traced.errors).not.toContain('  throw new TypeError("uncaught");');
  expect(framesOf(traced.errors)).toEqual(framesOf(bare.errors));
  expect(framesOf(bare.errors)).toContain("TypeError: uncaught");
});

const runBoth = (name: string, lines: readonly string[]) => runBareAndTraced(folder, name, lines);

/** Message and frames, without folders and columns. */
function framesOf(errors: string): string[] {
  const lines = errors.split("\n");
  const start = lines.findIndex((line) => line.startsWith("TypeError"));
  return lines.slice(start).map((line) => line.replace(/file:.*\/(\w[\w-]*\.js:\d+):\d+/, "$1"));
}
