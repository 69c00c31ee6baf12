import { beforeEach, describe, expect, test } from "vitest";
import { asyncDelegating, delegating, generate, reading } from "./emitted.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

/** Notes every property a protocol looks up, and every call with its arguments. */
function noting(iterable: object, notes: unknown[]): object {
  return new Proxy(iterable, {
    get(target, key) {
      const value = Reflect.get(target, key);
      notes.push(String(key));
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const result = Reflect.apply(value, target, args);
        notes.push([String(key), args]);
        return typeof result === "object" && result !== null && "next" in result ? noting(result, notes) : result;
      };
    },
  });
}

function* untraced<T, R>(inner: Iterable<T, R, unknown>): Generator<T, R, unknown> {
  return yield* inner;
}

async function* untracedAsync<T, R>(
  inner: AsyncIterable<T, R, unknown> | Iterable<T, R, unknown>,
): AsyncGenerator<T, R, unknown> {
  return yield* inner;
}

async function untracedReading<T>(
  source: AsyncIterable<T> | Iterable<T>,
  body: (item: Awaited<T>) => boolean | undefined,
): Promise<void> {
  for await (const item of source) if (body(item) === false) break;
}

const inner = () => ({
  *[Symbol.iterator](): Generator<number, string, unknown> {
    try {
      yield 1;
      yield 2;
    } catch (error) {
      yield Number(error);
    }
    return "end";
  },
});

const asyncInner = () => ({
  async *[Symbol.asyncIterator](): AsyncGenerator<number, string, unknown> {
    yield 1;
    yield 2;
    return "end";
  },
});

const uses: [string, (items: Generator<unknown, unknown, unknown>) => unknown[]][] = [
  ["to the end", (items) => [items.next("a"), items.next("b"), items.next("c"), items.next("d")]],
  ["until return", (items) => [items.next(), items.return("r"), items.next()]],
  ["with a throw the inner one takes", (items) => [items.next(), items.throw(7), items.next(), items.next()]],
];

describe("yield* goes through the same protocol as untraced", () => {
  test.each(uses)("read %s", (_, use) => {
    const [bare, traced]: [unknown[], unknown[]] = [[], []];
    const expected = use(untraced(noting(inner(), bare) as Iterable<unknown>));
    expect(use(delegating(noting(inner(), traced) as Iterable<unknown>))).toEqual(expected);
    expect(traced).toEqual(bare);
  });

  test("hands results on unopened", () => {
    const result = { done: false, get value(): never { throw new Error("opened"); } }; // biome-ignore format: one value
    const iterator = { next: () => result, [Symbol.iterator]: () => iterator };
    expect(delegating(iterator).next()).toBe(result);
  });

  test.each([
    ["nothing", null],
    ["no iterable", {}],
    ["an iterable whose iterator is none", { [Symbol.iterator]: () => 1 }],
    ["an iterator without next", { [Symbol.iterator]: () => ({}) }],
    ["an iterator whose result is none", { [Symbol.iterator]: () => ({ next: () => 1 }) }],
  ])("throws a TypeError for %s", (_, broken) => {
    expect(() => Reflect.apply(untraced, null, [broken]).next()).toThrow(TypeError);
    expect(() => Reflect.apply(delegating, null, [broken]).next()).toThrow(TypeError);
    expect(statusOf(takeSpan())).toMatch(/^ERROR TypeError: /);
  });

  test("records the items of the inner iterable, and nests a traced one", () => {
    expect([...delegating(generate([1, 2]))]).toEqual([1, 2]);
    const [nested, outer] = takeSpans();
    expect([nested?.outputs, outer?.outputs, nested?.parentId]).toEqual([[1, 2], [1, 2], outer?.spanId]);
  });

  test("of a string", () => expect([...delegating("ab")]).toEqual(["a", "b"]));
});

describe("yield* in an async generator goes through the same protocol as untraced", () => {
  test.each<[string, () => object]>([
    ["a list", () => [1, Promise.resolve(2)]],
    ["an iterable", inner],
    ["an async iterable", asyncInner],
  ])("over %s", async (_, make) => {
    const [bare, traced]: [unknown[], unknown[]] = [[], []];
    const use = async (items: AsyncGenerator<unknown, unknown, unknown>) => [await items.next("a"), await items.next("b"), await items.next("c")]; // biome-ignore format: one function
    const expected = await use(untracedAsync(noting(make(), bare) as Iterable<unknown>));
    expect(await use(asyncDelegating(noting(make(), traced) as Iterable<unknown>))).toEqual(expected);
    expect(traced).toEqual(bare);
  });

  test("records what the inner async generator yields", async () => {
    for await (const _ of asyncDelegating(asyncInner())) {
      // Only the record matters.
    }
    expect(takeSpan().outputs).toEqual([1, 2]);
  });
});

describe("for await goes through the same protocol as untraced", () => {
  test.each<[string, () => object, boolean]>([
    ["a list, to the end", () => [1, Promise.resolve(2)], true],
    ["an iterable, to the end", inner, true],
    ["an iterable, until break", inner, false],
    ["an async iterable, to the end", asyncInner, true],
    ["an async iterable, until break", asyncInner, false],
  ])("over %s", async (_, make, goOn) => {
    const [bare, traced]: [unknown[], unknown[]] = [[], []];
    const noteIn = (notes: unknown[]) => (item: unknown) => {
      notes.push(item);
      return goOn;
    };
    await untracedReading(noting(make(), bare) as Iterable<unknown>, noteIn(bare));
    await reading(noting(make(), traced) as Iterable<unknown>, noteIn(traced));
    expect(traced).toEqual(bare);
  });

  test.each([
    ["nothing", undefined],
    ["no iterable", {}],
    ["an iterable whose iterator is none", { [Symbol.asyncIterator]: () => 1 }],
  ])("throws a TypeError for %s", async (_, broken) => {
    await expect(Reflect.apply(untracedReading, null, [broken, () => true])).rejects.toThrow(TypeError);
    await expect(Reflect.apply(reading, null, [broken, () => true])).rejects.toThrow(TypeError);
  });
});
