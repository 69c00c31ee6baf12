import { beforeEach, describe, expect, test } from "vitest";
import { getCurrentActiveSpan } from "../../runtime/index.ts";
import { asyncCall, overriding, sync } from "./emitted.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

const here = () => getCurrentActiveSpan()?.name ?? null;

/** A lazy query, as Knex and Drizzle make them: runs when its `then` is called, each time. */
class Query {
  runs = 0;
  ranIn: string | null = null;
  readonly rows: unknown;
  constructor(rows: unknown) {
    this.rows = rows;
  }
  // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
  then<A, B>(resolve?: (rows: unknown) => A, reject?: (reason: unknown) => B): Promise<A | B | unknown> {
    this.runs += 1;
    this.ranIn = here();
    return (this.rows instanceof Error ? Promise.reject(this.rows) : Promise.resolve(this.rows)).then(resolve, reject);
  }
}

class Derived<T> extends Promise<T> {
  extra(): string {
    return "extra";
  }
}

describe("a native promise of a plain function", () => {
  test("ends the span when it settles, with its value", async () => {
    let resolve: (value: number) => void = () => {};
    const result = sync(() => new Promise<number>((settle) => { resolve = settle; })); // biome-ignore format: one call
    expect(takeSpans()).toEqual([]);
    resolve(7);
    expect(await result).toBe(7);
    expect(takeSpan().outputs).toBe(7);
  });

  test("ends the span as an error when it rejects", async () => {
    await expect(sync(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });

  test("gives the caller the same promise for the same original", async () => {
    const original = Promise.resolve(1);
    const first = sync(() => original);
    expect(sync(() => original)).toBe(first);
    await first;
    expect(takeSpans().map((span) => span.outputs)).toEqual([1, 1]);
  });

  test("takes one tick more", async () => {
    const ticks = async (promise: Promise<unknown>) => {
      let settled = false;
      promise.then(() => { settled = true; }); // biome-ignore format: one call
      let count = 0;
      for (; !settled; count++) await null;
      return count;
    };
    expect(await ticks(sync(() => Promise.resolve(1)))).toBe((await ticks(Promise.resolve(1))) + 1);
  });

  test("that a finally overrides no longer decides the outputs", async () => {
    const overridden = Promise.resolve("overridden");
    expect(overriding<unknown>(() => overridden, () => "kept")).toBe("kept"); // biome-ignore format: one call
    expect(takeSpan().outputs).toBe("kept");
    await overridden;
    expect(takeSpans()).toEqual([]);
  });
});

describe("a thenable of a plain function", () => {
  test("stays the same object, and is not executed when nobody does", () => {
    const query = new Query([1]);
    expect(sync(() => query)).toBe(query);
    expect(query.runs).toBe(0);
    expect(Object.keys(query)).toEqual(["runs", "ranIn", "rows"]);
  });

  test("is executed once, inside the span, when it is awaited", async () => {
    const query = new Query([1]);
    expect(await sync(() => query)).toEqual([1]);
    expect([query.runs, query.ranIn]).toEqual([1, "sync"]);
    expect(takeSpan().outputs).toEqual([1]);
    expect(Object.hasOwn(query, "then")).toBe(false);
  });

  test("can be executed again without being recorded again", async () => {
    const query = new Query([1]);
    sync(() => query);
    await query;
    await query;
    expect(query.runs).toBe(2);
    expect(takeSpans()).toHaveLength(1);
  });

  test("passes a rejection on to the callback that takes it", async () => {
    const failing = sync(() => new Query(new Error("no")));
    expect(await failing.then(undefined, (error) => `caught ${error}`)).toBe("caught Error: no");
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });

  test("passes a rejection through a then that takes values only", async () => {
    const failing = sync(() => new Query(new Error("no")));
    await expect(failing.then((rows) => rows)).rejects.toThrow("no");
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });

  test("keeps the methods of a subclass of Promise", async () => {
    const promise = sync(() => Derived.resolve(3) as Derived<number>);
    expect([promise instanceof Derived, promise.extra()]).toEqual([true, "extra"]);
    expect(await promise).toBe(3);
    expect(takeSpan().outputs).toBe(3);
  });

  test("that is frozen ends the span at once", () => {
    const query = Object.freeze(new Query([1]));
    expect(sync(() => query)).toBe(query);
    expect(takeSpans()).toHaveLength(1);
  });

  test("whose then is an accessor is not asked for it", () => {
    const asked: string[] = [];
    const value = {
      // biome-ignore lint/suspicious/noThenProperty: what it is about.
      get then() {
        asked.push("then");
        return undefined;
      },
    };
    expect(sync(() => value)).toBe(value);
    expect([asked, takeSpans().length]).toEqual([[], 1]);
  });

  test("behind a proxy is not touched", () => {
    const touched: PropertyKey[] = [];
    const traps = new Proxy({}, { get: (_, trap) => void touched.push(trap) });
    const value = new Proxy({}, traps);
    expect(Object.is(sync(() => value), value)).toBe(true); // biome-ignore format: one call
    expect([touched, takeSpan().outputs]).toEqual([[], "[Proxy]"]);
  });

  test("returned by nested traced functions ends each span", async () => {
    const query = new Query([1]);
    expect(await sync(() => sync(() => query))).toEqual([1]);
    expect(query.runs).toBe(1);
    expect(takeSpans().map((span) => span.outputs)).toEqual([[1], [1]]);
  });
});

describe("what an async function returns", () => {
  test.each<[string, () => unknown, unknown]>([
    ["a native promise", () => Promise.resolve(1), 1],
    ["a subclass promise", () => Derived.resolve(1), 1],
    ["a thenable", () => new Query(1), 1],
    ["a plain object", () => ({ a: 1 }), { a: 1 }],
  ])("%s is the result and the outputs", async (_, result, expected) => {
    expect(await asyncCall(() => {}, () => 0, result)).toEqual(expected); // biome-ignore format: one call
    expect(takeSpan().outputs).toEqual(expected);
  });

  test("a thenable is executed once, inside the span", async () => {
    const query = new Query(1);
    await asyncCall(() => {}, () => 0, () => query); // biome-ignore format: one call
    expect([query.runs, query.ranIn]).toEqual([1, "asyncCall"]);
  });

  test("a rejected promise makes the span an error", async () => {
    await expect(asyncCall(() => {}, () => 0, () => Promise.reject(new Error("no")))).rejects.toThrow("no"); // biome-ignore format: one call
    expect(statusOf(takeSpan())).toBe("ERROR Error: no");
  });
});

describe("an error's stack names the async functions that wait for it", () => {
  async function failing(): Promise<never> {
    await null;
    await null;
    throw new Error("no");
  }
  async function waiting(start: () => unknown): Promise<unknown> {
    return (await start()) as unknown;
  }

  test.each<[string, () => unknown]>([
    ["a plain function that returned the promise", () => sync(failing)],
    ["an async function that returned the promise", () => asyncCall(() => {}, () => 0, failing)],
    ["an async function that awaited it", () => asyncCall(() => {}, failing)],
  ])("through %s", async (_, start) => {
    const error = await waiting(start).catch((thrown: unknown) => thrown);
    expect(error instanceof Error && error.stack).toMatch(/at (async )?waiting /);
  });
}); // biome-ignore format: a table

describe("a generator that a plain function returns", () => {
  test("stays the same object, and the span ends with it", () => {
    const numbers = (function* () {
      yield here();
      yield 2;
      return "end";
    })();
    const result = sync(() => numbers);
    expect(result).toBe(numbers);
    expect(takeSpans()).toEqual([]);
    expect([...result]).toEqual(["sync", 2]);
    expect(here()).toBeNull();
    expect(takeSpan().outputs).toEqual(["sync", 2]);
  });

  test("ends the span when its consumer stops", () => {
    const numbers = (function* () {
      yield 1;
      yield 2;
    })();
    for (const _ of sync(() => numbers)) break;
    const span = takeSpan();
    expect([statusOf(span), span.outputs]).toEqual(["OK", [1]]);
  });

  test("may be asynchronous", async () => {
    const numbers = (async function* () {
      yield here();
      await null;
      yield here();
    })();
    const got: unknown[] = [];
    for await (const item of sync(() => numbers)) got.push(item, here());
    expect(got).toEqual(["sync", null, "sync", null]);
    expect(takeSpan().outputs).toEqual(["sync", "sync"]);
  });
});
