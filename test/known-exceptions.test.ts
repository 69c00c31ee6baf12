import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { formatOf, type Run, run, workFolder, write } from "./programs.ts";
import { instrumentChecked } from "./transformer/harness.ts";

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

/** A program that has other things to say about itself when it is traced. */
function runBoth(name: string, lines: readonly string[]): { bare: Run; traced: Run } {
  const text = `${lines.join("\n")}\n`;
  const { code } = instrumentChecked(text, name, { select: "all", format: formatOf(name) });
  const bare = write(join(folder, "bare"), [{ name, text }]);
  const traced = write(join(folder, "traced"), [{ name, text: code }]);
  return { bare: run(bare), traced: run(traced, { SPANWRIGHT_STORE: join(folder, `${name}.db`) }) };
}

/** Message and frames, without folders and columns. */
function framesOf(errors: string): string[] {
  const lines = errors.split("\n");
  const start = lines.findIndex((line) => line.startsWith("TypeError"));
  return lines.slice(start).map((line) => line.replace(/file:.*\/(\w[\w-]*\.js:\d+):\d+/, "$1"));
}
