import ts from "typescript";
import { describe, expect, test } from "vitest";
import { outcome } from "./outcome.ts";

/**
 * Every program is compiled untraced, and traced by either emitter. It must give what it gives untraced, and
 * with both emitters it must call the runtime alike.
 */
const PROGRAMS: Readonly<Record<string, string>> = {
  "function declarations, hoisted": `
    const first = early(1);
    export const run = () => [first, early(2), (early as any)("own").length];
    function early(x: number) { return [x, typeof early]; }`,
  directives: `
    export function run() { "use strict"; "other"
      return (function () { return this; })() === undefined; }`,
  "concise arrows": `
    export const run = (x = { a: 1 }) => (y => ({ ...x, y }))(2);`,
  "results with commas, without a value, and none": `
    function comma(): unknown { let x = 1; return x++, x; }
    function nothing() { return; }
    function none() {}
    export const run = () => [comma(), nothing(), none()];`,
  parameters: `
    function take({ a, b: { c } = { c: 3 }, ...others }: any, [d, , ...e]: any[], f = a + c, ...g: number[]) {
      arguments[0] = null;
      return [a, c, others, d, e, f, g, arguments.length, take.length];
    }
    export const run = () => take({ a: 1, x: 2 }, [4, 5, 6, 7], undefined, 8, 9);`,
  "thrown values": `
    function fails(value: unknown): never { throw value; }
    const caught = (value: unknown) => { try { fails(value); } catch (error) { return error; } };
    export const run = () => [caught(0), caught(undefined), caught("text")];`,
  "async functions": `
    const later = async <T,>(value: T) => { await null; return value; };
    class Base { greet() { return "base"; } }
    class Derived extends Base {
      async greetLater() { await later(1); return super.greet() + await later(arguments.length); }
    }
    async function nested() { return [await later(await later(1)), await Promise.all([later(2), later(3)])]; }
    export const run = async () => [await nested(), await (new Derived() as any).greetLater(4, 5)];`,
  "catch and finally in what suspends": `
    const log: unknown[] = [];
    async function guarded(fail: boolean) {
      try { await null; if (fail) throw new Error("failed"); return "done"; }
      catch { log.push("caught"); return "recovered"; }
      finally { log.push("finally"); await 1; }
    }
    function* inner() { try { yield 1; } finally { yield 2; } }
    export const run = async () => [await guarded(false), await guarded(true), [...inner()], log];`,
  generators: `
    function* inner(): Generator<number, string, string> { const sent = yield 1; yield* [2, 3]; return sent; }
    function* outer(): Generator<unknown, unknown, string> { const result = yield* inner(); yield; return (yield result, 5); }
    export function run() {
      const steps: unknown[] = [];
      const generator = outer();
      for (let step = generator.next("unseen"); ; step = generator.next("sent")) {
        steps.push(step);
        if (step.done) return steps;
      }
    }`,
  "early ends of generators": `
    function* endless() { let n = 0; try { for (;;) yield n++; } finally { yield "cleanup"; } }
    export function run() {
      const seen: unknown[] = [];
      for (const n of endless()) { seen.push(n); if (n === 2) break; }
      const generator = endless();
      generator.next();
      try { generator.throw(new Error("thrown in")); } catch (error) { seen.push(error); }
      return [seen, generator.return("returned" as any), generator.next()];
    }`,
  "async generators": `
    async function* count(to: number) { for (let n = 1; n <= to; n++) { const sent = yield n; if (sent) return sent; } await null; }
    async function* both() { yield* count(2); const more = yield* [Promise.resolve("a")] as any; return more; }
    export async function run() {
      const seen: unknown[] = [];
      for await (const item of both()) seen.push(item);
      const stopped = count(9);
      await stopped.next();
      return [seen, await stopped.next("stop" as any)];
    }`,
  "for await, with labels and without a block": `
    async function* items() { yield [1, 2]; yield [3, 4]; yield [5, 6]; }
    export async function run() {
      const seen: unknown[] = [];
      outer: other: for await (const [a, b] of items()) {
        for (const x of [a, b]) { if (x === 2) continue outer; if (x === 5) break other; seen.push(x); }
      }
      let last;
      for await (last of items()) seen.push(last);
      for await (var late of [Promise.resolve("sync")]) if (late) continue;
      return [seen, last, late];
    }`,
  "await using": `
    const log: string[] = [];
    const resource = (name: string) => ({ name, async [Symbol.asyncDispose]() { log.push("close " + name); } });
    async function several() {
      await using first = resource("a"), second = resource("b" + first.name);
      log.push(second.name);
      { await using inner = resource("inner"); using none = null; log.push(inner.name); }
      for (await using each of [resource("x"), resource("y")]) log.push(each.name);
      for await (await using each of [resource("z")]) log.push(each.name);
      return "done";
    }
    export const run = async () => [await several(), log];`,
  "names that a var and a function share": `
    function shared(input: any) {
      var first = 1, second = 2, { third, list: [list, ...rest], ["com" + "puted"]: key = 7, ...others } = input, unset;
      function first() {}
      function list() { return 1; }
      function list() { return 2; }
      var unset;
      for (var first = 0, fourth; first < 2; first++) typeof list;
      for (var list of [list]) fourth = list;
      for (var list in { key: 1 });
      function unset() {}
      return [first, second, third, fourth, list, rest, key, others, typeof unset];
    }
    export const run = () => shared({ third: 3, list: [4, 5, 6], last: 8 });`,
  constructors: `
    class Base { constructor(readonly made: string) {} }
    class Derived extends Base {
      field = this.made + "!";
      constructor(private a: number, public b = a + 1) { const made = "by " + new.target.name; super(made); this.b++; return; }
      sum() { return this.a + this.b; }
    }
    class Implicit extends Base {}
    class Plain { x; constructor() { this.x = 1; } }
    class Odd extends Base { constructor() { return { odd: true } as any; super(""); } }
    export const run = () => [new Derived(1), new Derived(1).sum(), new Implicit("implicit"), new Plain(), new Odd()];`,
  "members of classes and objects": `
    class Members {
      #secret = 1;
      static count = 0;
      static { Members.count++; }
      get value() { return this.#secret; }
      set value(to) { this.#secret = to; }
      #hidden() { return #secret in this; }
      static *[Symbol.iterator]() { yield* [1, 2]; }
      arrow = () => this.#hidden();
      async "quoted name"() { return this.arrow(); }
    }
    const object = { get a() { return 1; }, set a(to) {}, ["com" + "puted"]() { return super.toString === Object.prototype.toString; }, *g() { yield this.a; } };
    export const run = async () => {
      const members = new Members();
      members.value += 2;
      object.a = 3;
      return [members.value, await members["quoted name"](), [...Members as any], Members.count, (object as any).computed(), [...object.g()]];
    };`,
  "enums and namespaces": `
    enum Level { Low = (() => 3)(), High }
    const enum Inlined { One = 1 }
    namespace Outer.Inner { export const base = 2; export function scaled(x: number) { return x * base; } export class C { m() { return scaled(5); } } }
    export const run = () => [Level.High, Inlined.One, Outer.Inner.scaled(4), new Outer.Inner.C().m()];`,
  "overloads and casts": `
    function over(x: string): string; function over(x: number): number;
    function over(x: unknown): unknown { return (<any>x satisfies any)!; }
    abstract class Shape { abstract area(): number; declare hidden: string; twice() { return this.area() * 2; } }
    class Square extends Shape { area() { return 9 as const; } }
    export const run = () => [over("a"), over(1), new Square().twice()];`,
  "using at the top of a file": `
    const log: unknown[] = [early()];
    function early() { return "early"; }
    using resource = { [Symbol.dispose]() { log.push(disposed()); } };
    function disposed() { return "disposed"; }
    export const run = () => log;
    export class Later { m() { return early(); } }
    log.push(new Later().m());`,
  "switches, labels and loops": `
    function find(grid: number[][]) {
      rows: for (const row of grid) for (const cell of row) switch (cell) { case 1: continue rows; case 2: break; default: return cell; }
      do { return "none"; } while (false);
    }
    export const run = () => [find([[1, 5], [2, 7]]), find([])];`,
  "calls of exported functions": `
    export let counter = 0;
    export function bump() { return ++counter; }
    export default function () { return bump() + exported(); }
    export const exported = () => counter;
    export const run = () => [bump(), exported(), counter];`,
  "marker calls": `
    import { trace } from "spanwright";
    import * as sw from "spanwright";
    function literal() { trace({ name: "known", spanType: "TOOL" }); return 1; }
    function scope(user: string) { trace({ attributes: { user }, outputReducer: (items) => items.length }); return user; }
    function whole() { sw.trace({ attributes: { two: 1 + 1 } }); return 2; }
    async function empty() { "use strict"; trace(); return 3; }
    export const run = async () => [literal(), scope("me"), whole(), await empty()];`,
};

const VARIANTS: Readonly<Record<string, ts.CompilerOptions>> = {
  "as it is": { target: ts.ScriptTarget.ESNext },
  ES2022: { target: ts.ScriptTarget.ES2022 },
  "ES2017, fields by assignment": { target: ts.ScriptTarget.ES2017, useDefineForClassFields: false },
  "ES2015, fields by definition": { target: ts.ScriptTarget.ES2015, useDefineForClassFields: true },
};

describe.each(Object.entries(VARIANTS))("%s", (_variant, options) => {
  test.each(Object.entries(PROGRAMS))("%s", (_name, program) => expectAlike(program, options));
});

const DECORATED = `
  function logged(...args: any[]): any { log.push(args.length); return args.length > 1 && typeof args[1] === "object" ? undefined : args[2]; }
  const log: unknown[] = [];
  @logged class Service {
    @logged field = () => this.method(1);
    static instances = 0;
    constructor(@part readonly size: number, private name: string) { Service.instances++; }
    @logged method(@part value: number): Promise<number> { return Promise.resolve(value + this.size); }
    @logged get label(): string { return this.name; }
    @logged static async make(...parts: [number, string]) { await null; return new Service(...parts); }
  }
  function part(...args: any[]) { log.push(args.slice(1)); }
  export async function run() {
    const service = await Service.make(2, "name");
    return [await service.field(), service.label, Service.instances, log];
  }`;

test("legacy decorators get the same arguments and the same types", async () => {
  const types: unknown[] = [];
  Reflect.set(Reflect, "metadata", (key: string, value: unknown) => () => void types.push(key, value));
  const options = { target: ts.ScriptTarget.ES2022, experimentalDecorators: true, emitDecoratorMetadata: true };
  const { calls: _, ...untraced } = { ...(await outcome("untraced", DECORATED, options)), types: types.splice(0) };
  const traced = { ...(await outcome("tree", DECORATED, options)), types: types.splice(0) };
  expect(traced).toMatchObject(untraced);
  expect(untraced.types.length).toBeGreaterThan(0);
  await expectAlike(DECORATED, options);
});

test("standard decorators work as they do untraced", async () => {
  await expectAlike(DECORATED.replaceAll("@part", ""), { target: ts.ScriptTarget.ES2022 });
});

test("JSX works as it does untraced", async () => {
  const program = `
    function h(tag: any, props: any, ...children: any[]) { return typeof tag === "function" ? tag({ ...props, children }) : [tag, props, children]; }
    const Item = ({ label, children }: any) => <li title={label}>{children}</li>;
    export const run = () => <ul first={(() => <b />)()}>{["a", "b"].map((label) => <Item label={label}>// {label} /* text */</Item>)}</ul>;`;
  await expectAlike(program, { jsx: ts.JsxEmit.React, jsxFactory: "h" }, "program.tsx");
});

test("options of a marker call that throw are reported, and the program goes on", async () => {
  const program = `
    import { trace } from "spanwright";
    export function run() { trace({ attributes: null!.nothing }); return 1; }`;
  const { result, calls } = await outcome("tree", program, {});
  expect(result).toBe(1);
  expect(calls).toContainEqual(expect.stringMatching(/^run\.misconfigured\(TypeError/));
  expect(calls).toEqual((await outcome("text", program, {})).calls);
});

async function expectAlike(program: string, options: ts.CompilerOptions, id?: string): Promise<void> {
  const untraced = await outcome("untraced", program, options, id);
  for (const on of [true, false]) {
    const text = await outcome("text", program, options, id, on);
    const tree = await outcome("tree", program, options, id, on);
    expect(tree.result).toEqual(untraced.result);
    expect(tree.calls).toEqual(text.calls);
    expect(tree.calls).not.toEqual([]);
  }
}
