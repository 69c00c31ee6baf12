import { EventEmitter, once } from "node:events";
import { addAbortSignal, finished, Readable } from "node:stream";
import { createContext, runInContext } from "node:vm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { getCurrentActiveSpan, trace } from "../../runtime/index.ts";
import { asyncCall, configured, configuredLater, reading, sync } from "./emitted.ts";
import { run } from "./programs/program.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

const here = () => getCurrentActiveSpan()?.name ?? null;
const later = <T>(result: () => T) => asyncCall(() => {}, () => 0, result) as Promise<T>; // biome-ignore format: one call

const iterators: [string, () => Iterator<unknown> & Iterable<unknown>, unknown[]][] = [
  ["an array's", () => [1, 2].values(), [1, 2]],
  ["a Map's", () => new Map([["a", 1]]).entries(), [["a", 1]]],
  ["a Set's", () => new Set([1, 2]).values(), [1, 2]],
  ["a string's", () => "ab"[Symbol.iterator](), ["a", "b"]],
  ["a regular expression's", () => "ab".matchAll(/a/g), [["a"]]],
  ["a helper's", () => [1, 2].values().map((item) => item * 2), [2, 4]],
  ["another realm's", () => runInContext("[1, 2].values()", createContext()), [1, 2]],
  ["a foreign one", () => foreign([1, 2]), [1, 2]],
]; // biome-ignore format: a table

function foreign<T>(items: T[]): IterableIterator<T> {
  let at = 0;
  return {
    next: () => (at < items.length ? { done: false, value: items[at++] as T } : { done: true, value: undefined }),
    return: (value) => ({ done: true, value }),
    [Symbol.iterator]() {
      return this;
    },
  };
}

describe.each(iterators)("%s iterator that a function returns", (_, make, expected) => {
  test("stays the same object, and the span ends with it", () => {
    const original = make();
    const keys = Reflect.ownKeys(original);
    const prototype = Object.getPrototypeOf(original);
    const result = sync(() => original);
    expect(result).toBe(original);
    expect(takeSpans()).toEqual([]);
    expect(JSON.stringify([...result])).toBe(JSON.stringify(expected));
    expect(takeSpan().outputs).toEqual(expected);
    expect([Reflect.ownKeys(original), Object.getPrototypeOf(original) === prototype]).toEqual([keys, true]);
  });

  test("ends the span when a loop leaves it, with what was read", () => {
    for (const _item of sync(make)) break;
    sync(() => make()).next();
    const span = takeSpans()[0];
    // Iterators of collections have no `return`; only their collection tells that nobody goes on.
    if ("return" in make()) expect([span?.outputs, span && statusOf(span)]).toEqual([expected.slice(0, 1), "OK"]);
    else expect(span).toBeUndefined();
  });

  test("is the result of an async function, too", async () => {
    expect(JSON.stringify([...(await later(make))])).toBe(JSON.stringify(expected));
    expect(takeSpan().outputs).toEqual(expected);
  });

  test("is recorded by every traced function that returns it", () => {
    const items = sync(() => sync(make));
    expect([...items].length).toBe(expected.length);
    expect(takeSpans().map((span) => span.outputs)).toEqual([expected, expected]);
  });
});

test("observed iterators of collections leave V8 its short ways of spreading and looping", () => {
  const [before, items, after] = run("protectors.ts").lines;
  expect(items).toEqual([1, 2, 3, 5, "6"]);
  expect(before).toEqual({ array: true, map: true, set: true, string: true });
  expect(after).toEqual(before);
});

describe("an iterator that a function returns", () => {
  test("that is never begun but left ends the span", () => {
    const items = sync(() => (function* () { yield 1; })()); // biome-ignore format: one call
    items.return();
    expect(takeSpan().outputs).toEqual([]);
  });

  test("that throws makes the span an error", () => {
    const items = sync(() => (function* () { yield 1; throw new Error("no"); })()); // biome-ignore format: one call
    expect(() => [...items]).toThrow("no");
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["ERROR Error: no", [1]]);
  });

  test("that asks itself for its next item goes on", () => {
    const self: { items?: Generator<unknown> } = {};
    const items = sync(() => (self.items = (function* () {
      try { self.items?.next(); } catch (error) { yield error instanceof TypeError; }
      yield 2;
    })())); // biome-ignore format: one generator
    expect([...items]).toEqual([true, 2]);
    expect(takeSpan().outputs).toEqual([true, 2]);
  });

  test.each<[string, (items: IterableIterator<number>) => object]>([
    ["frozen", (items) => Object.freeze(items)],
    ["sealed", (items) => Object.seal(items)],
    ["a proxy", (items) => new Proxy(items, { get: (target, key) => Reflect.get(target, key) })],
    ["with an accessor for next", (items) => Object.defineProperty(items, "next", { get: () => () => ({ done: true }) })],
  ])("%s is left alone, and the span ends at once", (_, change) => {
    const items = change(foreign([1]));
    const keys = Reflect.ownKeys(items);
    expect(sync(() => items) === items).toBe(true);
    expect([takeSpans().length, Reflect.ownKeys(items)]).toEqual([1, keys]);
  }); // biome-ignore format: a table
});

describe("an async iterable that a function returns", () => {
  const iterable = (items: unknown[]) => ({
    async *[Symbol.asyncIterator]() {
      yield* items;
      yield here();
    },
  });

  test.each(["a plain", "an async"])("from %s function is read once, in the span's context", async (kind) => {
    const original = iterable([1, 2]);
    const result = kind === "a plain" ? sync(() => original) : await later(() => original);
    expect(result).toBe(original);
    const got: unknown[] = [];
    for await (const item of result) got.push(item, here());
    const name = kind === "a plain" ? "sync" : "asyncCall";
    expect(got).toEqual([1, null, 2, null, name, null]);
    expect(takeSpan().outputs).toEqual([1, 2, name]);
    expect(Object.keys(original)).toEqual([]);
  });

  test("ends the span when its consumer stops", async () => {
    for await (const _item of sync(() => iterable([1, 2]))) break;
    expect(takeSpan().outputs).toEqual([1]);
  });

  test("can be the value of a promise", async () => {
    await reading(await sync(() => Promise.resolve(iterable([1]))), () => true);
    expect(takeSpans().map((span) => [span.name, span.outputs])).toEqual([["sync", [1, "sync"]], ["reading", undefined]]);
  }); // biome-ignore format: a row
});

describe("a thenable that can be read as well", () => {
  class Query {
    runs = 0;
    // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
    then<A>(resolve: (rows: number[]) => A): Promise<A> {
      this.runs += 1;
      return Promise.resolve([1, 2]).then(resolve);
    }
    async *[Symbol.asyncIterator]() {
      this.runs += 1;
      yield* [1, 2];
    }
  }

  test.each<[string, (query: Query) => unknown, string[]]>([
    ["awaited", async (query) => await query, ["[1,2]"]],
    ["read", async (query) => { for await (const _ of query); }, ["[1,2]"]],
    ["read in part", async (query) => { for await (const _ of query) break; }, ["[1]"]],
    ["awaited, then read", async (query) => { await query; for await (const _ of query) break; }, ["[1,2]"]],
    ["read, then awaited", async (query) => { for await (const _ of query) break; await query; }, ["[1]"]],
  ])("and is %s is recorded once", async (way, use, outputs) => {
    const query = new Query();
    expect(sync(() => query)).toBe(query);
    await use(query);
    expect(query.runs).toBe(way.includes("then") ? 2 : 1);
    expect(takeSpans().map((span) => JSON.stringify(span.outputs))).toEqual(outputs);
    expect(Object.keys(query)).toEqual(["runs"]);
  }); // biome-ignore format: a table
});

describe("a ReadableStream that a function returns", () => {
  /** Counts how often its source is asked. */
  function counting(length: number) {
    const asked = { pulls: 0, cancelled: 0 };
    const source: UnderlyingDefaultSource<number> = {
      pull(controller) {
        if (asked.pulls === length) controller.close();
        else controller.enqueue(++asked.pulls);
      },
      cancel() {
        asked.cancelled += 1;
      },
    };
    return { asked, stream: new ReadableStream(source, { highWaterMark: 0 }) };
  }

  const drain = async (stream: ReadableStream<number>) => {
    const items: number[] = [];
    const reader = stream.getReader();
    for (let step = await reader.read(); !step.done; step = await reader.read()) items.push(step.value);
    return items;
  };

  test("is not locked, and not read ahead", async () => {
    const { asked, stream } = counting(3);
    const result = sync(() => stream);
    expect([result === stream, result.locked, asked.pulls, Object.keys(result)]).toEqual([true, false, 0, []]);
    const reader = result.getReader();
    expect([await reader.read(), asked.pulls]).toEqual([{ done: false, value: 1 }, 1]);
    await reader.cancel();
    expect([asked.cancelled, takeSpan().outputs]).toEqual([1, [1]]);
  });

  test.each<[string, (stream: ReadableStream<number>) => Promise<unknown>, unknown]>([
    ["a reader", drain, [1, 2, 3]],
    ["for await", async (stream) => { for await (const _ of stream); }, [1, 2, 3]],
    ["for await that stops", async (stream) => { for await (const _ of stream) break; }, [1]],
    ["values that stay, then a reader", async (stream) => { for await (const _ of stream.values({ preventCancel: true })) break; await drain(stream); }, [1, 2, 3]],
    ["two readers, one after the other", async (stream) => { const reader = stream.getReader(); await reader.read(); reader.releaseLock(); await drain(stream); }, [1, 2, 3]],
    ["tee", async (stream) => Promise.all(stream.tee().map(drain)), [1, 2, 3]],
    ["one branch of tee, the other cancelled", async (stream) => { const [a, b] = stream.tee(); const left = a.cancel(); await drain(b); await left; }, [1, 2, 3]],
    ["one branch of tee, the other cancelled twice", async (stream) => { const [a, b] = stream.tee(); const left = [a.cancel(), a.cancel()]; await drain(b); await Promise.all(left); }, [1, 2, 3]],
    ["cancel", async (stream) => stream.cancel(), []],
    ["pipeTo", async (stream) => stream.pipeTo(new WritableStream()), undefined],
    ["pipeThrough", async (stream) => drain(stream.pipeThrough(new TransformStream())), undefined],
    ["a Response", async (stream) => new Response(stream.pipeThrough(new TransformStream({ transform: (n, out) => out.enqueue(new Uint8Array([n])) }))).bytes(), undefined],
  ])("ends the span when it is used by %s", async (_, use, outputs) => {
    await use(sync(() => counting(3).stream));
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", outputs]);
    expect(span.attributes["spanwright.stream.unseen"]).toBe(outputs === undefined ? true : undefined);
  }); // biome-ignore format: a table

  test("that fails makes the span an error", async () => {
    const failing = new ReadableStream({ pull: (controller) => controller.error(new Error("no")) });
    await expect(drain(sync(() => failing))).rejects.toThrow("no");
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });

  test("may be of bytes, read into the reader's own buffer", async () => {
    const bytes = new ReadableStream({
      type: "bytes",
      pull(controller) {
        controller.enqueue(new Uint8Array([1, 2]));
        controller.close();
      },
    });
    const reader = sync(() => bytes).getReader({ mode: "byob" });
    expect((await reader.read(new Uint8Array(2))).value).toEqual(new Uint8Array([1, 2]));
    expect((await reader.read(new Uint8Array(2))).done).toBe(true);
    expect(takeSpan().outputs).toEqual(["[Uint8Array(2)]"]);
  });

  test("goes on for its reader when others are refused", async () => {
    const { stream } = counting(2);
    const reader = sync(() => stream).getReader();
    await reader.read();
    expect(() => stream.values()).toThrow(TypeError);
    await expect(stream.pipeTo(new WritableStream())).rejects.toThrow(TypeError);
    await expect(stream.cancel()).rejects.toThrow(TypeError);
    await reader.read();
    expect((await reader.read()).done).toBe(true);
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", [1, 2]]);
  });

  test("that somebody reads already is left alone", () => {
    const stream = new ReadableStream();
    stream.getReader();
    sync(() => stream);
    expect(takeSpan().outputs).toBe("[ReadableStream]");
  });
});

describe("what Node streams and emits", () => {
  const closed = (stream: Readable) => new Promise<void>((resolve) => finished(stream, () => resolve()));

  test.each<[string, (stream: Readable) => Promise<unknown>]>([
    ["for await", async (stream) => { for await (const _ of stream); }],
    ["for await that stops", async (stream) => { for await (const item of stream) if (item === 2) break; await closed(stream); }],
    ["a listener", async (stream) => once(stream.on("data", () => {}), "end")],
  ])("a Readable read by %s", async (_, use) => {
    const stream = Readable.from([1, 2]);
    const listeners = stream.eventNames();
    expect(sync(() => stream)).toBe(stream);
    expect(stream.eventNames()).toEqual(listeners);
    await use(stream);
    expect(takeSpan().outputs).toEqual([1, 2]);
  }); // biome-ignore format: a table

  test("a Readable that its consumer destroys is left, not failed", async () => {
    const stream = new Readable({ objectMode: true, read() {} });
    const controller = new AbortController();
    const closed = once(
      addAbortSignal(
        controller.signal,
        sync(() => stream),
      ),
      "close",
    ).catch(() => {});
    stream.push(1);
    stream.once("data", () => controller.abort());
    await closed;
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", [1]]);
  });

  test("a Readable that fails makes the span an error", async () => {
    const stream = sync(() => new Readable({ read() { this.destroy(new Error("no")); } })); // biome-ignore format: one call
    await expect(stream.toArray()).rejects.toThrow("no");
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });

  test("an emitter is a value", () => {
    const emitter = new EventEmitter();
    expect(sync(() => emitter)).toBe(emitter);
    expect(takeSpan().outputs).toBe("[EventEmitter]");
  });
});

describe("an outputReducer", () => {
  const join = (items: string[]) => items.join("");
  const chunksOf = (items: string[]) =>
    new ReadableStream<string>({
      start(controller) {
        for (const item of items) controller.enqueue(item);
        controller.close();
      },
    });

  test.each<[string, () => Iterable<string> | AsyncIterable<string> | Promise<AsyncIterable<string>>]>([
    ["an iterator", () => ["a", "b"].values()],
    ["a generator", () => (function* () { yield* ["a", "b"]; })()],
    ["a ReadableStream", () => chunksOf(["a", "b"])],
    ["a promise of a stream", async () => chunksOf(["a", "b"])],
  ])("makes the outputs of %s that a wrapped function returns", async (_, fn) => {
    for await (const _item of await trace(fn, { name: "wrapped", outputReducer: join })());
    expect(takeSpan().outputs).toBe("ab");
  }); // biome-ignore format: a table

  const options = () => ({ outputReducer: join });
  const uses: [string, () => AsyncIterable<string> | Iterable<string> | Promise<AsyncIterable<string>>][] = [
    ["a plain function that returns an iterator", () => configured(options, () => ["a", "b"].values())],
    [
      "a plain function that returns a promise of a stream",
      () => configured(options, async () => chunksOf(["a", "b"])),
    ],
    ["an async function that returns a stream", () => configuredLater(options, () => chunksOf(["a", "b"]))],
  ];

  test.each(uses)("of a marker call makes the outputs of %s", async (_, call) => {
    for await (const _item of await call());
    expect(takeSpan().outputs).toBe("ab");
  });

  test("that has nothing to reduce is reported once, and the result is the outputs", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(configured(options, () => "plain")).toBe("plain");
    expect(await configuredLater(options, () => "later")).toBe("later");
    expect(await configured(options, () => Promise.resolve("promised"))).toBe("promised");
    expect(takeSpans().map((span) => span.outputs)).toEqual(["plain", "later", "promised"]);
    expect(warn.mock.calls.map(([line]) => String(line))).toEqual([
      expect.stringMatching(/^spanwright: outputReducer in configured \(.*\) has no effect: .*\[SW2109\]$/),
    ]);
  });
});
