/** Rows about traced functions and streams. */

import { expect } from "vitest";
import { getCurrentActiveSpan, getLastActiveTraceId, getTrace, trace, withSpan } from "../../runtime/index.ts";
import { recordIntoStore } from "../client/recorded-store.ts";
import { record, statusOf, takeSpan, takeSpans } from "../runtime/recorded.ts";
import { compiled } from "./compiled.ts";
import type { Row } from "./row.ts";

const MODEL = `
  // @trace { spanType: "LLM", attributes: { model: "m" } }
  async function predict(x, y = 1) { return (await add(x, y)) + square(x); }
  // @trace { spanType: "TOOL" }
  async function add(a, b) { return a + b; }
  // @trace
  function square(t) { return t ** 2; }
  module.exports = { predict };`;

const STREAM = `
  // @trace { spanType: "CHAIN" }
  function* predict(n, seen) { for (let i = 0; i < n; i++) { seen(square(i)); yield i; } }
  // @trace
  async function* predictAsync(n, seen) { for (let i = 0; i < n; i++) { seen(square(i)); yield i; } }
  // @trace
  function square(t) { if (t > 5) throw new RangeError("too much"); return t * t; }
  // @trace
  function* outer(n) { yield* predict(n, () => {}); return "end"; }
  module.exports = { predict, predictAsync, outer };`;

const CLASSES = `
  class Model {
    // @trace
    static make(x) { return new Model().predict(x); }
    // @trace
    predict(x, ...rest) { return [this instanceof Model, x, rest.length]; }
  }
  // @trace
  function pick({ a, b: [c] }, d = 2, ...e) { return a + c + d + e.length; }
  module.exports = { Model, pick };`;

/** Name, parent's name, type, inputs and outputs of every span that ended. */
function shape(): unknown[] {
  const spans = takeSpans();
  const nameOf = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return spans.map(({ name, parentId, spanType, inputs, outputs }) => [name, nameOf.get(parentId ?? ""), spanType, inputs, outputs]); // biome-ignore format: one list
}

const ignore = () => {};

export const FUNCTION_ROWS: readonly Row[] = [
  [
    1,
    "a trace of three spans has names, parents, inputs, outputs, types, attributes, state and previews",
    async () => {
      recordIntoStore();
      expect(await compiled(MODEL).predict(2)).toBe(7);
      const found = await last();
      expect(found?.info).toMatchObject({
        name: "predict",
        state: "OK",
        requestPreview: '{"x":2,"y":1}',
        responsePreview: "7",
      });
      expect(found?.data.spans.map(({ name, inputs, outputs, spanType }) => [name, inputs, outputs, spanType])).toEqual(
        [
          ["add", { a: 2, b: 1 }, 3, "TOOL"],
          ["square", { t: 2 }, 4, "UNKNOWN"],
          ["predict", { x: 2, y: 1 }, 7, "LLM"],
        ],
      );
      const root = found?.searchSpans({ name: "predict" })[0];
      expect(root?.getAttribute("model")).toBe("m");
      expect(found?.searchSpans({ name: "add" })[0]?.parentId).toBe(root?.spanId);
    },
  ],
  [
    2,
    "the same after a flush",
    async () => {
      record();
      await compiled(MODEL).predict(2);
      expect(takeSpans().length).toBe(3);
    },
  ],
  [
    3,
    "a stream is kept when it has been consumed, is not current between its items, and has an event for each",
    () => {
      record();
      const inside: unknown[] = [];
      const items = compiled(STREAM).predict(3, () => inside.push(getCurrentActiveSpan()?.name));
      expect(takeSpans()).toEqual([]);
      for (const _ of items) expect(getCurrentActiveSpan()).toBe(null);
      const spans = takeSpans();
      const stream = spans.at(-1);
      expect(stream?.events.map(({ name }) => name)).toEqual([0, 1, 2].map((n) => `mlflow.chunk.item.${n}`));
      expect(spans.slice(0, 3).map(({ parentId }) => parentId)).toEqual(Array(3).fill(stream?.spanId));
      expect([inside, stream?.outputs]).toEqual([
        ["predict", "predict", "predict"],
        [0, 1, 2],
      ]);
      expect([...trace(function* () { yield* "ab"; }, { outputReducer: (all: string[]) => all.join("") })()]).toEqual(["a", "b"]); // biome-ignore format: one call
      expect(takeSpan().outputs).toBe("ab");
    },
  ],
  [
    4,
    "the same for an async stream",
    async () => {
      record();
      for await (const _ of compiled(STREAM).predictAsync(3, ignore)) expect(getCurrentActiveSpan()).toBe(null);
      const spans = takeSpans();
      expect([spans.length, spans.at(-1)?.events.length, spans.at(-1)?.outputs]).toEqual([4, 3, [0, 1, 2]]);
    },
  ],
  [
    5,
    "a stream inside a stream keeps a list of its own",
    () => {
      record();
      expect([...compiled(STREAM).outer(3)]).toEqual([0, 1, 2]);
      expect(shape().slice(-2)).toEqual([
        ["predict", "outer", "CHAIN", { n: 3, seen: "[Function (anonymous)]" }, [0, 1, 2]],
        ["outer", undefined, "UNKNOWN", { n: 3 }, [0, 1, 2]],
      ]);
    },
  ],
  [
    6,
    "an exception is thrown on, and its trace is in error",
    async () => {
      recordIntoStore();
      const { predict } = compiled(`
      // @trace
      async function predict(x) { return await fail(x); }
      // @trace
      function fail() { throw new Error("mine"); }
      module.exports = { predict };`);
      await expect(predict(1)).rejects.toThrow("mine");
      const found = await last();
      expect([found?.info.state, found?.info.responsePreview, found?.data.spans.length]).toEqual([
        "ERROR",
        undefined,
        2,
      ]);
    },
  ],
  [
    7,
    "an exception in a stream ends it in error, with the items so far",
    () => {
      record();
      expect(() => [...compiled(STREAM).predict(9, ignore)]).toThrow(RangeError);
      const stream = takeSpans().at(-1);
      expect(stream?.events.map(({ name }) => name)).toEqual([...[0, 1, 2, 3, 4, 5].map((n) => `mlflow.chunk.item.${n}`), "exception"]); // biome-ignore format: one list
      expect(stream && statusOf(stream)).toBe("ERROR RangeError: too much");
    },
  ],
  [
    8,
    "a tracer that fails at the start or the end never changes a result",
    async () => {
      const hostile = () => { throw new Error("tracer"); }; // biome-ignore format: one call
      record({ spanProcessors: [{ onStart: hostile, onEnd: hostile, forceFlush: hostile, shutdown: hostile }] });
      expect(await compiled(MODEL).predict(2)).toBe(7);
      expect([...compiled(STREAM).outer(2)]).toEqual([0, 1]);
    },
  ],
  [
    9,
    "a function's experiment is its whole trace's",
    () => {
      record();
      compiled(
        '// @trace { experimentId: "9" }\nfunction f() { return g(); }\n// @trace\nfunction g() {}\nmodule.exports = { f };',
      ).f();
      expect(takeSpans().map((span) => span.trace.experimentId)).toEqual(["9", "9"]);
    },
  ],
  [
    10,
    "an experiment on a child is ignored",
    () => {
      record();
      withSpan(() => trace(() => {}, { experimentId: "9" })());
      expect(takeSpans().map((span) => span.trace.experimentId)).toEqual([undefined, undefined]);
    },
  ],
  [
    17,
    "a static method's class is no input",
    () => {
      record();
      compiled(CLASSES).Model.make(5);
      expect(shape()).toEqual([
        ["predict", "make", "UNKNOWN", { x: 5, rest: [] }, [true, 5, 0]],
        ["make", undefined, "UNKNOWN", { x: 5 }, [true, 5, 0]],
      ]);
    },
  ],
  [
    18,
    "a static method's inputs are exact",
    () => {
      record();
      expect(compiled(CLASSES).Model.make(1)).toEqual([true, 1, 0]);
      expect(takeSpans().map(({ inputs }) => inputs)).toEqual([{ x: 1, rest: [] }, { x: 1 }]);
    },
  ],
  [
    67,
    "inputs that cannot be captured do not fail the call",
    () => {
      record();
      const hostile = new Proxy({}, { ownKeys() { throw new Error("no"); } }); // biome-ignore format: one call
      expect(
        compiled(CLASSES)
          .pick({ a: 1, b: [2] }, hostile)
          .includes("object"),
      ).toBe(true);
      expect(takeSpan().inputs).toEqual({ arg0: { a: 1, b: [2] }, d: "[Proxy]", e: [] });
    },
  ],
  [
    102,
    "concurrent traces keep their own children",
    async () => {
      record();
      const task = trace(async (n: number) => trace(async () => (await null) ?? trace(() => n)())(), { name: "task" });
      expect(await Promise.all([task(1), task(2), task(3)])).toEqual([1, 2, 3]);
      const spans = takeSpans();
      for (const root of spans.filter(({ parentId }) => parentId === undefined)) {
        const own = spans.filter(({ traceId }) => traceId === root.traceId);
        expect(own.map(({ outputs }) => outputs)).toEqual(Array(3).fill(own[0]?.outputs));
      }
      expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(3);
    },
  ],
  [
    103,
    "a wrapper traces sync and async functions, with options and errors",
    async () => {
      record();
      expect(
        trace((a: number, b: number) => a + b, { name: "add", spanType: "TOOL", attributes: { k: 1 } })(1, 2),
      ).toBe(3);
      expect(await trace(async () => 4)()).toBe(4);
      await expect(trace(async () => { throw new Error("w"); })()).rejects.toThrow("w"); // biome-ignore format: one call
      expect(takeSpans().map((span) => [span.name, statusOf(span)])).toEqual([["add", "OK"], ["<anonymous>", "OK"], ["<anonymous>", "ERROR Error: w"]]); // biome-ignore format: one list
    },
  ],
  [
    104,
    "methods are traced by a decorator, with their this",
    async () => {
      record();
      class Counter {
        base = 10;
        add(n: number) { return this.base + n; } // biome-ignore format: one method
        static of(n: number) { return n; } // biome-ignore format: one method
      }
      const modern: unknown = Reflect.apply(trace({ name: "plus" }), undefined, [Counter.prototype.add, { kind: "method", name: "add" }]); // biome-ignore format: one call
      const descriptor = { value: Counter.of, writable: true };
      const legacy: unknown = Reflect.apply(trace(), undefined, [Counter, "of", descriptor]);
      if (typeof modern !== "function") throw new Error("no function");
      expect(Reflect.apply(modern, new Counter(), [5])).toBe(15);
      expect(modern.name).toBe("add");
      expect(Reflect.apply(Reflect.get(Object(legacy), "value"), Counter, [6])).toBe(6);
      expect(takeSpans().map(({ name, inputs, outputs }) => [name, inputs, outputs])).toEqual([["plus", { arg0: 5 }, 15], ["of", { arg0: 6 }, 6]]); // biome-ignore format: one list
    },
  ],
  [
    105,
    "a tracer that fails leaves a span that does nothing",
    () => {
      record({ spanProcessors: [{ onStart() { throw new Error("x"); }, onEnd() {}, forceFlush: async () => {}, shutdown: async () => {} }] }); // biome-ignore format: one call
      expect(withSpan((span) => span.setInputs(1) !== undefined)).toBe(true);
    },
  ],
  [
    "X1",
    "an early end of a stream ends its span once, keeps its items and closes what is inside",
    async () => {
      record();
      const closed: string[] = [];
      const { each, eachAsync } = compiled(`
      function* inner(closed) { try { yield 1; yield 2; } finally { closed.push("sync"); } }
      // @trace
      function* each(closed) { yield* inner(closed); }
      // @trace
      async function* eachAsync(closed) { try { yield 1; yield 2; } finally { closed.push("async"); } }
      module.exports = { each, eachAsync };`);
      for (const _ of each(closed)) break;
      for await (const _ of eachAsync(closed)) break;
      expect(closed).toEqual(["sync", "async"]);
      expect(takeSpans().map(({ name, outputs, ended }) => [name, outputs, ended])).toEqual([["each", [1], true], ["eachAsync", [1], true]]); // biome-ignore format: one list
    },
  ],
  [
    "X2",
    "what is sent, thrown and returned goes through unchanged",
    () => {
      record();
      const { talk } = compiled(`
      // @trace
      function* talk() { try { const got = yield "a"; yield got * 2; } catch (e) { return e; } }
      module.exports = { talk };`);
      const error = new Error("sent");
      const talking = talk();
      expect([talking.next(), talking.next(21), talking.throw(error)]).toEqual([
        { value: "a", done: false },
        { value: 42, done: false },
        { value: error, done: true },
      ]);
    },
  ],
  [
    "X3",
    "a stream that nobody reads has no span, and one that is read twice has one",
    () => {
      record();
      compiled(STREAM).predict(3, ignore);
      expect(takeSpans()).toEqual([]);
      const items = compiled(STREAM).predict(1, ignore);
      expect([[...items], [...items]]).toEqual([[0], []]);
      expect(takeSpans().map(({ name }) => name)).toEqual(["square", "predict"]);
    },
  ],
  [
    "X4",
    "no value makes capture throw",
    () => {
      record();
      const loop: Record<string, unknown> = {
        big: 2n ** 70n,
        map: new Map([[{}, 1]]),
        set: new Set([1]),
        symbol: Symbol("s"),
      };
      loop.loop = loop;
      Object.defineProperty(loop, "getter", { enumerable: true, get() { throw new Error("getter"); } }); // biome-ignore format: one call
      loop.toJSON = () => { throw new Error("toJSON"); }; // biome-ignore format: one call
      const { echo } = compiled("// @trace\nfunction echo(value) { return value; }\nmodule.exports = { echo };");
      expect(echo(loop)).toBe(loop);
      expect(takeSpan().inputs).toMatchObject({ value: { loop: "[Circular]", getter: "[Getter]", set: [1] } });
    },
  ],
  [
    "X5",
    "destructured, rest and default parameters have their names, in minified code too",
    () => {
      record();
      compiled(CLASSES).pick({ a: 1, b: [2] }, undefined, 7, 8);
      expect(takeSpan().inputs).toEqual({ arg0: { a: 1, b: [2] }, d: 2, e: [7, 8] });
      compiled("/* @trace */function f({a},[b]=[2],...c){return a+b+c.length}module.exports={f}").f({ a: 1 });
      expect(takeSpan().inputs).toEqual({ arg0: { a: 1 }, arg1: [2], c: [] });
    },
  ],
  [
    "X7",
    "an abort is recorded as one",
    async () => {
      record();
      const { wait } = compiled(
        "// @trace\nasync function wait(signal) { signal.throwIfAborted(); }\nmodule.exports = { wait };",
      );
      await expect(wait(AbortSignal.abort())).rejects.toThrow("aborted");
      const span = takeSpan();
      expect([statusOf(span), span.events[0]?.attributes["exception.type"]]).toEqual(["ERROR AbortError: This operation was aborted", "AbortError"]); // biome-ignore format: one list
    },
  ],
  [
    "X9",
    "thenables, rejections of anything and undefined results are told apart",
    async () => {
      record();
      const { give } = compiled("// @trace\nfunction give(f) { return f(); }\nmodule.exports = { give };");
      // biome-ignore lint/suspicious/noThenProperty: being a thenable is its purpose.
      expect(await give(() => ({ then: (resolve: (value: number) => void) => resolve(5) }))).toBe(5);
      await expect(give(() => Promise.reject("text"))).rejects.toBe("text");
      expect(give(() => undefined)).toBe(undefined);
      expect(takeSpans().map((span) => [span.outputs, statusOf(span)])).toEqual([[5, "OK"], [undefined, "ERROR text"], [undefined, "OK"]]); // biome-ignore format: one list
    },
  ],
];

/** The trace that ended last. */
function last() {
  return getTrace(getLastActiveTraceId() ?? "");
}
