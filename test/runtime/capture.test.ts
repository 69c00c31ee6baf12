import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { inputColumn, limits, render, renderInputs } from "../../runtime/capture.ts";

const defaults = { ...limits };
afterEach(() => void Object.assign(limits, defaults));

class Point {
  x = 1;
  #hidden = 2;
  get sum() {
    return this.x + this.#hidden;
  }
}

const circular: { self?: unknown } = {};
circular.self = circular;
const sparse: unknown[] = [];
sparse[2] = 1;
const revoked = Proxy.revocable({}, {});
revoked.revoke();

describe("a value is rendered as JSON", () => {
  test.each<[string, unknown, unknown]>([
    ["a number", 1.5, 1.5],
    ["negative zero", -0, 0],
    ["NaN", Number.NaN, "NaN"],
    ["infinity", Number.NEGATIVE_INFINITY, "-Infinity"],
    ["a string with quotes", 'a"b\n', 'a"b\n'],
    ["a lone surrogate", "\ud800", "\ud800"],
    ["undefined", undefined, null],
    ["undefined in an object", { a: undefined, b: 1 }, { b: 1 }],
    ["undefined in a list", [undefined, 1], [null, 1]],
    ["holes", sparse, [null, null, 1]],
    ["a bigint", 12345678901234567890n, "12345678901234567890"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a function", function named() {}, "[Function named]"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["an invalid date", new Date(Number.NaN), "Invalid Date"],
    ["a regular expression", /a+/gi, "/a+/gi"],
    ["a URL", new URL("https://example.org/a?b=1"), "https://example.org/a?b=1"],
    ["search parameters", new URLSearchParams({ a: "1" }), "a=1"],
    ["a map with string keys", new Map([["a", 1]]), { a: 1 }],
    ["a map with other keys", new Map([[1, "a"]]), [[1, "a"]]],
    ["a set", new Set([1, 2]), [1, 2]],
    ["a boxed number", Object(5), 5],
    ["an instance", new Point(), { x: 1 }],
    ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ["a typed array", new Uint8Array(16), "[Uint8Array(16)]"],
    ["a buffer", Buffer.alloc(3), "[Buffer(3)]"],
    ["an array buffer", new ArrayBuffer(8), "[ArrayBuffer(8)]"],
    ["a promise", Promise.resolve(1), "[Promise]"],
    ["a stream", new ReadableStream(), "[ReadableStream]"],
    ["a weak map", new WeakMap(), "[WeakMap]"],
    ["a generator", (function* () {})(), "[Generator]"],
    ["an event emitter", process.stdout, expect.stringMatching(/^\[\w+\]$/)],
    ["a getter", { get a() { throw new Error("touched"); } }, { a: "[Getter]" }], // biome-ignore format: a row
    ["a getter in a list", Object.defineProperty([0], 0, { get() { throw new Error("touched"); }, enumerable: true }), ["[Getter]"]], // biome-ignore format: a row
    ["a proxy", new Proxy({}, {}), "[Proxy]"],
    ["a revoked proxy", revoked.proxy, "[Proxy]"],
    ["a proxied function", new Proxy(() => {}, {}), "[Proxy]"],
    ["a circle", circular, { self: "[Circular]" }],
    ["the same object twice", ((one) => [one, one])({ a: 1 }), [{ a: 1 }, { a: 1 }]],
    ["an object with toJSON", { a: 1, toJSON: () => "other" }, { a: 1, toJSON: "[Function toJSON]" }],
    ["a liar", Object.create(Date.prototype), {}],
    ["headers", new Headers({ accept: "*", authorization: "Bearer x" }), { accept: "*", authorization: "[redacted]" }],
    ["another realm's object", runInNewContext("({ a: [1], d: new Date(0), m: new Map([['k', 1]]) })"), { a: [1], d: "1970-01-01T00:00:00.000Z", m: { k: 1 } }], // biome-ignore format: a row
    ["a key that is no identifier", { "a b": 1, "": 2 }, { "a b": 1, "": 2 }],
  ])("%s", (_, value, expected) => {
    expect(JSON.parse(render(value))).toEqual(expected);
  });

  test("an error with its cause and its own properties", () => {
    const error = Object.assign(new TypeError("outer", { cause: new Error("inner") }), { code: "E1" });
    expect(JSON.parse(render(error))).toMatchObject({
      name: "TypeError",
      message: "outer",
      stack: error.stack,
      cause: { name: "Error", message: "inner" },
      code: "E1",
    });
  });

  test("as it was at that moment", () => {
    const list = [1];
    const json = render(list);
    list.push(2);
    expect(json).toBe("[1]");
  });
});

describe("a value beyond a limit shows what is missing", () => {
  test.each<[string, object, unknown, unknown]>([
    ["a long string", { maxString: 4 }, "abcdefgh", "abcd…(+4 chars)"],
    ["a string cut within a character", { maxString: 2 }, "a😀b", "a…(+3 chars)"],
    ["a long list", { maxEntries: 2 }, [1, 2, 3, 4, 5], [1, 2, "…(+3 items)"]],
    ["an object with many keys", { maxEntries: 1 }, { a: 1, b: 2, c: 3 }, { a: 1, "…": "+2 keys" }],
    ["a large map", { maxEntries: 1 }, new Map([["a", 1], ["b", 2]]), { a: 1, "…": "+1 keys" }], // biome-ignore format: a row
    ["many values", { maxValues: 4 }, [[1, 2], [3, 4], 5], [[1, 2], "…(+2 items)"]], // biome-ignore format: a row
    ["a large set", { maxEntries: 1 }, new Set([1, 2]), [1, "…(+1 items)"]],
    ["a deep object", { maxDepth: 1 }, { a: { b: 1 }, c: [1] }, { a: "[Object]", c: "[Array(1)]" }],
  ])("%s", (_, tight, value, expected) => {
    Object.assign(limits, tight);
    expect(JSON.parse(render(value))).toEqual(expected);
  });

  test("as a whole", () => {
    limits.maxTotal = 1000;
    const json = render(Array.from({ length: 100 }, () => "x".repeat(100)));
    expect(json.length).toBeLessThan(1300);
    expect(JSON.parse(json)).toContainEqual(expect.stringMatching(/^…\(\+\d+ items\)$/));
  });
});

describe("inputs", () => {
  test("go by the names of the parameters", () => {
    const columns = ["a", "b"].map((name) => inputColumn(name));
    expect(renderInputs(columns, [1, { c: [2] }])).toBe('{"a":1,"b":{"c":[2]}}');
  });

  test("of a function without parameters are an empty object", () => {
    expect(renderInputs([], [])).toBe("{}");
  });

  test("that were not given are left out", () => {
    const columns = ["a", "b"].map((name) => inputColumn(name));
    expect(renderInputs(columns, [undefined, null])).toBe('{"b":null}');
  });

  test("hide a parameter that goes by a secret's name", () => {
    const columns = ["user", "password"].map((name) => inputColumn(name));
    expect(renderInputs(columns, ["ada", "pw"])).toBe('{"user":"ada","password":"[redacted]"}');
  });
});

/** Makes values that fight back; behind a function, because fast-check looks into what it generates. */
const hostile: fc.Arbitrary<() => unknown> = fc.letrec<{ make: () => unknown }>((tie) => {
  const around = (wrap: (inner: unknown) => unknown) => tie("make").map((make) => () => wrap(make()));
  return {
    make: fc.oneof(
      { maxDepth: 4 },
      fc
        .anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withTypedArray: true, withSparseArray: true }) // biome-ignore format: one call
        .map((value) => () => value),
      fc.constantFrom(
        () => revoked.proxy,
        () => circular,
        () => Symbol("s"),
        () => new Point(),
        () => runInNewContext("new Error('vm')"),
      ),
      around((inner) => Object.freeze({ inner })),
      around((inner) => new Proxy(Object(inner), traps)),
      around((inner) => Object.defineProperty({ inner }, "boom", { get: explode, enumerable: true })),
      around((inner) => ({ inner, toJSON: explode, toString: explode, [Symbol.toPrimitive]: explode })),
      around((inner) => Object.assign(new Error("e"), { cause: inner, name: inner })),
      around((inner) => Object.create(explosive, { inner: { value: inner, enumerable: true } })),
      fc.constantFrom(Date, Map, Set, RegExp, Error, Uint8Array, URL).map(
        ({ prototype }) =>
          () =>
            Object.create(prototype),
      ),
    ),
  };
}).make;

function explode(): never {
  throw new Error("the program's code ran");
}

const traps = new Proxy({}, { get: () => explode });
const explosive = Object.defineProperty({}, Symbol.toStringTag, { get: explode });

describe("any value", () => {
  test("is rendered as JSON without throwing and without running its code", () => {
    fc.assert(fc.property(hostile, (make) => void JSON.parse(render(make()))));
  });

  test("fits the limit", () => {
    Object.assign(limits, { maxTotal: 500, maxString: 100, maxEntries: 10 });
    fc.assert(fc.property(hostile, (make) => render(make()).length < 500 + 700));
  });
});
