import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { beforeEach, describe, expect, test } from "vitest";
import { getCurrentActiveSpan } from "../../runtime/index.ts";
import { asyncCall, asyncDelegating, delegating, generate, guarding, reading, stream, sync } from "./emitted.ts";
import { record, takeSpans } from "./recorded.ts";

beforeEach(() => record());

const here = () => getCurrentActiveSpan()?.name ?? null;
const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Notes who is current at a place. */
function notes() {
  const seen: [string, string | null][] = [];
  return { seen, note: (place: string) => () => void seen.push([place, here()]) };
}

describe("the span is current inside", () => {
  test("a plain function, and not after it", () => {
    expect([here(), sync(here), here()]).toEqual([null, "sync", null]);
  });

  test("an async function before and after an await, and not in its caller", async () => {
    const { seen, note } = notes();
    const running = asyncCall(note("before"), tick, note("after"));
    note("caller")();
    await running;
    note("later")();
    expect(seen).toEqual([["before", "asyncCall"], ["caller", null], ["after", "asyncCall"], ["later", null]]); // biome-ignore format: one table
  });

  test("a catch and a finally after a rejected await", async () => {
    const { seen, note } = notes();
    await guarding(() => Promise.reject(new Error("no")), note("catch"), note("finally"));
    expect(seen).toEqual([["catch", "guarding"], ["finally", "guarding"]]); // biome-ignore format: one table
  });

  test("a generator between its yields, and not in its consumer", () => {
    const { seen, note } = notes();
    for (const _ of generate([1, 2], note("body"))) note("consumer")();
    note("after")();
    expect(seen).toEqual([["consumer", null], ["body", "generate"], ["consumer", null], ["body", "generate"], ["after", null]]); // biome-ignore format: one table
  });

  test("an async generator between its yields, and not in its consumer", async () => {
    const { seen, note } = notes();
    for await (const _ of stream([1, 2], note("body"), tick)) note("consumer")();
    note("after")();
    expect(seen).toEqual([["consumer", null], ["body", "stream"], ["consumer", null], ["body", "stream"], ["after", null]]); // biome-ignore format: one table
  });

  test("the body of for await and the code after it", async () => {
    const { seen, note } = notes();
    await reading([tick(), tick()], note("body") as () => undefined, note("after"));
    expect(seen).toEqual([["body", "reading"], ["body", "reading"], ["after", "reading"]]); // biome-ignore format: one table
  });

  test("what an iterator does for a for await loop", async () => {
    const { seen, note } = notes();
    const source = async function* () {
      try {
        note("next")();
        yield 1;
      } finally {
        note("return")();
      }
    };
    await reading(source(), () => false, note("after"));
    expect(seen).toEqual([["next", "reading"], ["return", "reading"], ["after", "reading"]]); // biome-ignore format: one table
  });

  test("what an iterator does for yield*, and not in the consumer", () => {
    const { seen, note } = notes();
    const inner = function* () {
      note("inner")();
      yield 1;
      note("inner")();
    };
    for (const _ of delegating(inner())) note("consumer")();
    expect(seen).toEqual([["inner", "delegating"], ["consumer", null], ["inner", "delegating"]]); // biome-ignore format: one table
  });

  test("what an async iterator does for yield*, and not in the consumer", async () => {
    const { seen, note } = notes();
    const inner = async function* () {
      await tick();
      note("inner")();
      yield 1;
      note("inner")();
    };
    for await (const _ of asyncDelegating(inner())) note("consumer")();
    expect(seen).toEqual([["inner", "asyncDelegating"], ["consumer", null], ["inner", "asyncDelegating"]]); // biome-ignore format: one table
  });

  test("a lazy thenable that is awaited, executed once", async () => {
    const { seen, note } = notes();
    const query = {
      // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
      then(resolve: (rows: number[]) => void) {
        note("query")();
        resolve([1]);
      },
    };
    expect(await asyncCall(() => {}, () => query)).toEqual([1]); // biome-ignore format: one call
    expect(seen).toEqual([["query", "asyncCall"]]);
  });
});

describe("the span is not current in", () => {
  test("a timer and a microtask that the caller started", async () => {
    const { seen, note } = notes();
    const timer = new Promise<void>((resolve) => setTimeout(() => resolve(note("timer")())));
    const job = Promise.resolve().then(note("job"));
    await Promise.all([asyncCall(() => {}, tick), timer, job]);
    expect(seen).toEqual([["job", null], ["timer", null]]); // biome-ignore format: one table
  });

  test("siblings that run side by side", async () => {
    const run = (name: string) => sync(() => asyncCall(() => {}, () => asyncCall(() => {}, tick, () => name))); // biome-ignore format: one nest
    expect(await Promise.all([run("a"), run("b"), run("c")])).toEqual(["a", "b", "c"]);
    const spans = takeSpans();
    const byId = new Map(spans.map((span) => [span.spanId, span]));
    const depth = (id: string | undefined): number => (id === undefined ? 0 : 1 + depth(byId.get(id)?.parentId));
    expect(spans.map((span) => depth(span.spanId)).sort()).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 3]);
    expect(new Set(spans.map((span) => span.traceId)).size).toBe(3);
  });

  test("the consumer of interleaved generators", () => {
    const [a, b] = [generate([1, 2]), generate([3, 4])];
    const places = [a.next(), here(), b.next(), here(), a.next(), here(), b.return(""), here(), a.return(""), here()];
    expect(places.filter((_, index) => index % 2 === 1)).toEqual([null, null, null, null, null]);
  });

  test("the consumer of an async generator with queued requests", async () => {
    const items = stream([1, 2, 3], () => {}, tick);
    const requests = [items.next(), items.next(), items.next()];
    expect(here()).toBeNull();
    for (const request of requests) {
      await request;
      expect(here()).toBeNull();
    }
    await items.return("");
    expect(here()).toBeNull();
  });

  test("the program after a stack overflow", () => {
    const dive = (): unknown => sync(dive);
    expect(dive).toThrow(RangeError);
    expect([here(), context.active() === ROOT_CONTEXT]).toEqual([null, true]);
  });

  test("what a caught error in an un-awaited call leaves behind", async () => {
    const failing = asyncCall(() => {
      throw new Error("early");
    }, tick);
    expect(here()).toBeNull();
    await expect(failing).rejects.toThrow("early");
    expect(here()).toBeNull();
  });
});
