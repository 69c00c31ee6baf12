import ts from "typescript";
import { describe, expect, test } from "vitest";
import { outcome } from "./outcome.ts";

/**
 * `trace(…)` around a function literal is compiled in place. Every program is compiled untraced with the literals
 * alone, which says what is right, and traced by either emitter with `trace(…)` around them.
 */

/** Writes a literal, or `trace` around it. */
type Wrap = (literal: string, options?: string) => string;

const untraced: Wrap = (literal) => literal;
const wrapped: Wrap = (literal, options) => `trace(${[literal, options].filter(Boolean).join(", ")})`;

const PROGRAMS: Readonly<Record<string, (wrap: Wrap) => string>> = {
  "names of variables, properties, fields and assignments": (wrap) => `
    let assigned: any; const holder: any = {};
    export const exported = ${wrap("async (q: string) => q")};
    const plain = ${wrap("() => 1", '{ name: "other" }')}, late = ${wrap("() => 1", "{ attributes: { one } }")};
    assigned = ${wrap("function () {}", "{ attributes: { one } }")};
    holder.member = ${wrap("() => 1", "{ attributes: { one } }")};
    const object = { a: ${wrap("() => 1")}, "b c": ${wrap("() => 1", "{ attributes: { one } }")}, ["d" + one]: ${wrap("() => 1")} };
    class Fields { f = ${wrap("() => 1", "{ attributes: { one } }")}; static g = ${wrap("() => 1")}; #h = ${wrap("() => 1", "{ attributes: { one } }")}; h() { return this.#h; } }
    const own = ${wrap("async function named() { return named.name; }", "{ attributes: { one } }")};
    export const run = async () => {
      const all = [exported, plain, late, assigned, holder.member, ...Object.values(object), new Fields().f, Fields.g, new Fields().h(), own];
      return [all.map((f) => [f.name, f.length, Object.getOwnPropertyNames(f)]), await own()];
    };`,
  "every kind of function": (wrap) => `
    const sync = ${wrap("(a: number, b = 2) => a + b", '{ spanType: "TOOL" }')};
    const later = ${wrap("async (a: number) => { await null; return a; }", "{ attributes: { one } }")};
    const generator = ${wrap("function* (n: number) { const sent: any = yield n; return sent; }", "{ outputReducer: (items) => items.length }")};
    const stream = ${wrap("async function* (n: number) { yield n; await null; yield* [n]; }")};
    export const run = async () => {
      const steps = generator(1), items = [];
      for await (const item of stream(7)) items.push(item);
      return [sync(1), await later(3), steps.next(), (steps as any).next("sent"), items];
    };`,
  "`this`, `arguments`, `super` and `new.target`": (wrap) => `
    class Base { greet() { return "base"; } }
    class Derived extends Base {
      arrow = ${wrap("() => [this.constructor.name, super.greet()]", "{ attributes: { greeting: super.greet() } }")};
      method(..._: number[]) { return ${wrap("() => [arguments.length, this instanceof Derived, new.target]", "{ attributes: { count: arguments.length } }")}; }
    }
    const Old: any = ${wrap("function (this: any) { this.made = new.target === Old; }")};
    export const run = () => [new Derived().arrow(), new Derived().method(1, 2)(), new Old().made];`,
  "options of each closure, evaluated where it is made": (wrap) => `
    const make = (name: string) => ${wrap("async (name2: string) => { const user = name + name2; return user; }", "{ attributes: { user: name } }")};
    async function awaited() { return ${wrap("() => 1", "{ attributes: { a: await one } }")}; }
    function* yielded() { return ${wrap("() => 2", "{ attributes: { a: yield 5 } }")}; }
    export const run = async () => [await make("a")("b"), await make("c")("d"), (await awaited())()];`,
  "wrappers in wrappers, and around what is no literal": (wrap) => `
    const outer = ${wrap(`(a: number) => { const inner = ${wrap("(b: number) => a + b", "{ attributes: { b: a } }")}; return inner(2); }`, "{ attributes: { one } }")};
    const cast = ${wrap("((() => 1) as () => number)", '{ name: "cast" }')};
    export const run = () => [outer(1), cast(), cast.name];`,
};

const VARIANTS: Readonly<Record<string, ts.CompilerOptions>> = {
  "as it is": { target: ts.ScriptTarget.ESNext },
  ES2022: { target: ts.ScriptTarget.ES2022 },
};

describe.each(Object.entries(VARIANTS))("%s", (_variant, options) => {
  test.each(Object.entries(PROGRAMS))("%s", async (_behaviour, program) => {
    const head = 'import { trace } from "spanwright"; const one = 1;';
    const bare = await outcome("untraced", head + program(untraced), options);
    for (const on of [true, false]) {
      const text = await outcome("text", head + program(wrapped), options, "program.ts", on);
      const tree = await outcome("tree", head + program(wrapped), options, "program.ts", on);
      expect(text.result).toEqual(bare.result);
      expect(tree.result).toEqual(bare.result);
      expect(tree.calls).toEqual(text.calls);
      expect(text.calls.some((call) => call.includes(".open("))).toBe(on);
    }
  });
});

test("options that are known at run time only are evaluated once for each closure", async () => {
  const program = `
    import { trace } from "spanwright";
    let made = 0;
    const make = () => trace(() => 1, { attributes: { made: ++made } });
    export const run = () => { const [f, g] = [make(), make()]; return [f(), g(), f()]; };`;
  const { calls } = await outcome("text", program, {});
  expect(calls.filter((call) => call.includes("configure"))).toEqual(
    [1, 2, 1].map((made) => `<anonymous>.configure({attributes: {made: ${made}}})`),
  );
});

test("a call that no semicolon stands before is not read as a part of what does", async () => {
  const program = `
    import { trace } from "spanwright"
    const log: number[] = []
    function first() {}
    if (first) log.push(0)
    trace(function one() { log.push(1) }, { attributes: { log } })()
    trace(() => log.push(2))()
    if (first) trace(() => log.push(3))()
    else trace(() => log.push(4))()
    let x = 5
    // a comment
    trace(async () => log.push(x))().then(() => log.push(6))
    function last() { "a directive"
      trace(() => log.push(7))() }
    last()
    export const run = async () => { await null; return log }`;
  for (const way of ["text", "tree"] as const) {
    expect((await outcome(way, program, {})).result).toEqual([0, 1, 2, 3, 5, 7, 6]);
  }
});
