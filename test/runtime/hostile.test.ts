import { createContext, runInContext } from "node:vm";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import * as bare from "./bare.ts";
import * as emitted from "./emitted.ts";
import { record, takeSpans } from "./recorded.ts";

/**
 * Values that lie, throw or cannot be touched go through every kind of function: what comes out, by identity,
 * is what comes out untraced, and each span ends.
 */
beforeEach(() => record());

const realm = createContext({});
const touched = new Error("touched");
const trap = () => {
  throw touched;
};
const traps: ProxyHandler<object> = Object.fromEntries(
  ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "defineProperty", "set"].map((name) => [name, trap]),
); // biome-ignore format: a table

function throwing(...keys: PropertyKey[]): object {
  const value = {};
  for (const key of keys) Object.defineProperty(value, key, { get: trap, enumerable: true, configurable: true });
  return value;
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function cyclic(): object {
  const value: Record<string, unknown> = {};
  value.self = [value, new Map([[value, value]])];
  return value;
}

const makers: Record<string, () => unknown> = {
  "throwing getters": () => throwing("a", "message", "stack", "name", "toJSON", Symbol.toStringTag),
  "a throwing next": () => throwing("next", "return", Symbol.iterator, Symbol.asyncIterator),
  "an Error with a throwing stack": () => Object.defineProperty(new Error("no"), "stack", { get: trap }),
  "a throwing constructor": () => throwing("constructor"),
  "a cycle": cyclic,
  "something huge": () => Array.from({ length: 5000 }, (_, index) => ({ index, text: "x".repeat(50) })),
  "something deep": () => Array.from({ length: 2000 }).reduce<unknown>((inner) => ({ inner }), 1),
  "frozen things": () => Object.freeze([Object.freeze({ a: 1 })]),
  "no prototype": () => Object.create(null),
  "a lying tag": () => ({ [Symbol.toStringTag]: "Array Iterator", next: 1 }),
  "a lying prototype": () => Object.create(ReadableStream.prototype),
  "a lying promise": () => Object.create(Promise.prototype, { [String("then")]: { value: undefined } }),
  "a proxied prototype": () => Object.create(new Proxy({}, {})),
  "another realm's object": () => runInContext("({ a: new Map([[1, new Date(0)]]), e: new RangeError('x') })", realm),
  "another realm's iterator": () => runInContext("new Map([[1, 2]]).entries()", realm),
  "a function": () => Object.defineProperty(() => {}, "name", { get: trap }),
  "a symbol": () => Symbol("s"),
  "a bigint": () => 2n ** 4000n,
  "a stray surrogate": () => "\ud800",
  "not a number": () => Number.NaN,
  nothing: () => undefined,
  null: () => null,
}; // biome-ignore format: a table
/** Nothing may ask these whether they are thenables, so that only plain functions can hand them on. */
const untouchable: Record<string, () => unknown> = {
  "a proxy whose traps throw": () => new Proxy({}, traps),
  "a revoked proxy": revoked,
  "a throwing then": () => throwing("then"),
};

/** A query that runs when it is awaited. */
class Lazy implements PromiseLike<unknown> {
  private readonly run: () => Promise<unknown>;
  constructor(run: () => Promise<unknown>) {
    this.run = run;
  }
  // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
  then: PromiseLike<unknown>["then"] = (fulfilled, rejected) => this.run().then(fulfilled, rejected);
}

/** By their methods these can be read: the span of what returns them waits for that. */
const READABLE = new Set(["a lying prototype", "another realm's iterator"]);

/** How a call ended: `returned` or `threw`, and what exactly. */
type Ending = readonly [how: "returned" | "threw", what: unknown];

function endingOf(run: () => unknown): Ending {
  try {
    return ["returned", run()];
  } catch (error) {
    return ["threw", error];
  }
}

async function endingLater(run: () => Promise<unknown>): Promise<Ending> {
  try {
    return ["returned", await run()];
  } catch (error) {
    return ["threw", error];
  }
}

async function firstOf(items: AsyncIterable<unknown>): Promise<unknown> {
  for await (const item of items) return item;
  return undefined;
}

const throwIt = (value: unknown) => () => {
  throw value;
};

function same([how, what]: Ending, [expectedHow, expected]: Ending): boolean {
  if (how !== expectedHow) return false;
  if (Object.is(what, expected)) return true;
  // What the language itself says of a value it cannot use, an error made for each run.
  return describeOf(what) === describeOf(expected);
}

function describeOf(thrown: unknown): unknown {
  return thrown instanceof TypeError ? `TypeError ${thrown.message}` : thrown;
}

const anyValue = fc.constantFrom(...Object.entries({ ...makers, ...untouchable }));

describe("hostile values", () => {
  test("pass through plain functions, returned and thrown", () => {
    fc.assert(
      fc.property(anyValue, ([name, make]) => {
        const value = make();
        expect(same(endingOf(() => emitted.sync(() => value)), ["returned", value])).toBe(true);
        expect(same(endingOf(() => emitted.sync(throwIt(value))), ["threw", value])).toBe(true);
        expect(same(endingOf(() => emitted.overriding(() => value, () => value)), ["returned", value])).toBe(true);
        expect(takeSpans()).toHaveLength(READABLE.has(name) ? 1 : 3);
      }),
    );
  }); // biome-ignore format: rows

  test("pass through generators, yielded, sent, thrown in and returned early", () => {
    fc.assert(
      fc.property(anyValue, ([, make]) => {
        const value = make();
        const sent: unknown[] = [];
        const items = emitted.generate([value, 1], (item) => sent.push(item));
        expect(Object.is(items.next().value, value)).toBe(true);
        items.next(value);
        expect(Object.is(sent[0], value)).toBe(true);
        expect(same(endingOf(() => items.throw(value)), ["threw", value])).toBe(true);
        const left = emitted.generate([1]);
        left.next();
        expect(Object.is(Reflect.apply(left.return, left, [value]).value, value)).toBe(true);
        expect(takeSpans()).toHaveLength(2);
      }),
    );
  }); // biome-ignore format: rows

  test("pass through async functions and async generators, awaited, returned, thrown and yielded", async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, async ([, make]) => {
        const value = make();
        const uses: ((kinds: typeof bare | typeof emitted) => Promise<unknown>)[] = [
          (kinds) => kinds.asyncCall(() => {}, () => value),
          (kinds) => kinds.asyncCall(() => {}, () => 0, () => value),
          (kinds) => kinds.asyncCall(throwIt(value), () => 0),
          (kinds) => kinds.asyncCall(() => {}, () => Promise.reject(value)),
          (kinds) => firstOf(kinds.stream([value])),
          (kinds) => firstOf(kinds.asyncDelegating([value])),
          (kinds) => kinds.stream([1], throwIt(value)).next().then(() => 1),
          (kinds) => kinds.guarding(() => value, () => "caught", () => {}),
        ];
        for (const use of uses) {
          const expected = await endingLater(() => use(bare));
          expect(same(await endingLater(() => use(emitted)), expected)).toBe(true);
        }
      }),
    );
  }); // biome-ignore format: rows

  test("pass through promises and thenables that a plain function returns", async () => {
    await fc.assert(
      fc.asyncProperty(anyValue, fc.boolean(), async ([, make], rejects) => {
        const value = make();
        const settle = () => (rejects ? Promise.reject(value) : Promise.resolve(value));
        const lazy = () => new Lazy(settle);
        for (const start of [settle, lazy]) {
          const expected = await endingLater(async () => await start());
          expect(same(await endingLater(async () => await emitted.sync<PromiseLike<unknown>>(start)), expected)).toBe(
            true,
          );
        }
      }),
    );
  });

  test("pass through reducers, which may do what they like", () => {
    fc.assert(
      fc.property(anyValue, fc.boolean(), ([, make], throws) => {
        const value = make();
        const outputReducer = throws ? throwIt(value) : (items: unknown[]) => [items.splice(0), value];
        expect([...emitted.reducing([1, 2], () => ({ outputReducer }))]).toEqual([1, 2]);
        expect(takeSpans()).toHaveLength(1);
      }),
    );
  });
});

type Steps = readonly ("item" | "throw" | "end" | "nothing" | "number" | "proxy")[];

/** An iterator whose every look and call goes into a log, and whose results are accessors. */
function logging(steps: Steps, methods: readonly string[], wrap: (result: unknown) => unknown, log: unknown[]): object {
  let at = 0;
  const accessors = (done: boolean, value: unknown) => ({
    get done() {
      log.push("done");
      return done;
    },
    get value() {
      log.push("value");
      return value;
    },
  });
  const answer: Record<Steps[number], () => unknown> = {
    item: () => (at % 2 === 0 ? { done: false, value: at } : accessors(false, at)),
    throw: () => {
      throw touched;
    },
    end: () => (at % 2 === 0 ? { done: true, value: "end" } : accessors(true, "end")),
    nothing: () => undefined,
    number: () => 1,
    proxy: () => new Proxy({ done: false, value: at }, {}),
  };
  const iterator: Record<PropertyKey, unknown> = {
    [Symbol.iterator]: () => iterator,
    [Symbol.asyncIterator]: () => iterator,
  };
  for (const name of methods) {
    iterator[name] = (...args: unknown[]) => {
      log.push([name, args.length]);
      const step = answer[steps[at++] ?? "end"];
      return wrap(step());
    };
  }
  return iterator;
}

const steps = fc.array(fc.constantFrom("item", "item", "throw", "end", "nothing", "number", "proxy" as const), {
  maxLength: 5,
});
const methods = fc.constantFrom(["next"], ["next", "return"], ["next", "return", "throw"]); // biome-ignore format: a row

describe("hostile iterators", () => {
  const consumers: ((source: Iterable<unknown>) => unknown)[] = [
    (source) => [...source],
    (source) => {
      for (const item of source) return item;
      return "empty";
    },
    (source) => {
      const [first, , third] = source;
      return [first, third];
    },
    (source) => new Map(Array.from(source, (item) => [item, 1])).size,
  ];

  test("that a plain function returns are asked for the same things in the same order", () => {
    fc.assert(
      fc.property(steps, methods, fc.constantFrom(...consumers), (plan, names, consume) => {
        const [bareLog, tracedLog]: [unknown[], unknown[]] = [[], []];
        const make = (log: unknown[]) => logging(plan, names, (result) => result, log) as Iterable<unknown>;
        const expected = endingOf(() => consume(make(bareLog)));
        const actual = endingOf(() => consume(emitted.sync(() => make(tracedLog))));
        expect([actual[0], describeOf(actual[1])]).toEqual([expected[0], describeOf(expected[1])]);
        expect(tracedLog).toEqual(bareLog);
      }),
      { numRuns: 300 },
    );
  });

  test("that are asynchronous as well", async () => {
    const wraps = [(result: unknown) => result, (result: unknown) => Promise.resolve(result), (result: unknown) => new Lazy(async () => result)];
    const read = async (source: AsyncIterable<unknown>, most: number) => {
      const items: unknown[] = [];
      for await (const item of source) if (items.push(item) === most) break;
      return items;
    };
    await fc.assert(
      fc.asyncProperty(steps, methods, fc.constantFrom(...wraps), fc.integer({ min: 1, max: 5 }), async (plan, names, wrap, most) => {
        const [bareLog, tracedLog]: [unknown[], unknown[]] = [[], []];
        const make = (log: unknown[]) => logging(plan, names, wrap, log) as AsyncIterable<unknown>;
        const expected = await endingLater(() => read(make(bareLog), most));
        const actual = await endingLater(() => read(emitted.sync(() => make(tracedLog)), most));
        expect([actual[0], describeOf(actual[1])]).toEqual([expected[0], describeOf(expected[1])]);
        expect(tracedLog).toEqual(bareLog);
      }),
      { numRuns: 300 },
    );
  });
}); // biome-ignore format: rows
