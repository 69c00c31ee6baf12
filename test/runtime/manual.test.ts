import { beforeEach, describe, expect, test } from "vitest";
import { getCurrentActiveSpan, startSpan, trace, updateCurrentTrace, withSpan } from "../../runtime/index.ts";
import { sync } from "./emitted.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

describe("withSpan", () => {
  test("is named span, and hands the callback's result on", () => {
    expect(withSpan(() => 5)).toBe(5);
    const span = takeSpan();
    expect([span.name, span.spanType, span.outputs, span.inputs]).toEqual(["span", "UNKNOWN", 5, undefined]);
  });

  test("takes name, type, inputs and attributes", () => {
    withSpan(() => {}, { name: "n", spanType: "TOOL", inputs: 0, attributes: { a: 1 } });
    const span = takeSpan();
    expect([span.name, span.spanType, span.inputs, span.attributes.a]).toEqual(["n", "TOOL", 0, 1]);
  });

  test("keeps outputs the callback set", () => {
    withSpan((span) => {
      span.setOutputs("mine");
      return "other";
    });
    expect(takeSpan().outputs).toBe("mine");
  });

  test("ends when the promise of its callback settles", async () => {
    const result = withSpan(async () => {
      await null;
      return getCurrentActiveSpan()?.name;
    });
    expect([getCurrentActiveSpan(), takeSpans()]).toEqual([null, []]);
    expect(await result).toBe("span");
    expect(takeSpan().outputs).toBe("span");
  });

  test("records what its callback throws, and throws it on", async () => {
    expect(() => withSpan(() => { throw new Error("a"); })).toThrow("a"); // biome-ignore format: one call
    await expect(withSpan(() => Promise.reject(new Error("b")))).rejects.toThrow("b");
    expect(takeSpans().map(statusOf)).toEqual(["ERROR Error: a", "ERROR Error: b"]);
  });

  test("hangs below the parent it is given, or starts a trace", () => {
    const parent = startSpan({ name: "parent" });
    withSpan(() => withSpan(() => {}, { name: "below", parent }), { name: "around" });
    withSpan(() => withSpan(() => {}, { name: "root", root: true }), { name: "around" });
    const byName = new Map(takeSpans().map((span) => [span.name, span]));
    expect([byName.get("below")?.parentId, byName.get("root")?.parentId]).toEqual([parent.spanId, undefined]);
  });

  test("gives a span that records nothing when tracing is off", () => {
    record({ enabled: false });
    expect(withSpan((span) => [span.isRecording(), span.setInputs(1).inputs])).toEqual([false, undefined]);
    expect(takeSpans()).toEqual([]);
  });
});

describe("startSpan", () => {
  test("is not current, and is the child of what is", () => {
    sync(() => {
      const span = startSpan({ name: "manual" });
      expect(getCurrentActiveSpan()?.name).toBe("sync");
      span.end();
    });
    const [inner, outer] = takeSpans();
    expect(inner?.parentId).toBe(outer?.spanId);
  });
});

describe("updateCurrentTrace", () => {
  test("adds to what all spans of the trace share", () => {
    sync(() => {
      updateCurrentTrace({ tags: { a: "1" }, metadata: { m: "x" }, clientRequestId: "c" });
      sync(() => updateCurrentTrace({ tags: { b: "2" }, state: "ERROR", requestPreview: "q", responsePreview: "r" }));
    });
    for (const span of takeSpans()) {
      expect(span.finished().trace).toMatchObject({
        tags: { a: "1", b: "2" },
        metadata: { m: "x" },
        clientRequestId: "c",
        state: "ERROR",
        requestPreview: "q",
        responsePreview: "r",
      });
    }
  });

  test("makes strings of other values, hides secrets, and ignores a state there is none of", () => {
    sync(() => Reflect.apply(updateCurrentTrace, null, [{ tags: { n: 1, password: "x" }, state: "DONE" }]));
    expect(takeSpan().finished().trace).toMatchObject({ tags: { n: "1", password: "[redacted]" }, state: undefined });
  });

  test("outside of any span does nothing", () => {
    updateCurrentTrace({ tags: { a: "1" } });
    expect(takeSpans()).toEqual([]);
  });
});

describe("trace around a function value", () => {
  test("keeps name, length and this", () => {
    const object = {
      base: 10,
      add: trace(function add(this: { base: number }, a: number, b: number) {
        return this.base + a + b;
      }),
    };
    expect([object.add.name, object.add.length, object.add(1, 2)]).toEqual(["add", 2, 13]);
    const span = takeSpan();
    expect([span.name, span.inputs, span.outputs]).toEqual(["add", { arg0: 1, arg1: 2 }, 13]);
  });

  test("takes the options of a mark", () => {
    trace(Math.pow, { name: "power", spanType: "TOOL", attributes: { a: 1 }, inputs: ["arg1"], outputs: false })(2, 3);
    const span = takeSpan();
    expect([span.name, span.spanType, span.attributes.a, span.inputs, span.outputs]).toEqual(["power", "TOOL", 1, { arg1: 3 }, undefined]); // biome-ignore format: one call
  });

  test("ends the span of an async function when it settles", async () => {
    const load = trace(async (id: number) => id + 1);
    const result = load(1);
    expect(takeSpans()).toEqual([]);
    expect(await result).toBe(2);
    expect(takeSpan().outputs).toBe(2);
  });

  test("records what it throws", () => {
    expect(() => trace(JSON.parse)("{")).toThrow(SyntaxError);
    expect(statusOf(takeSpan())).toMatch(/^ERROR SyntaxError: /);
  });

  test("starts the span of a generator with the first next", () => {
    const count = trace(
      function* count(to: number) {
        for (let n = 1; n <= to; n++) yield n;
      },
      { outputReducer: (items: number[]) => items.length },
    );
    const numbers = count(3);
    expect(takeSpans()).toEqual([]);
    expect([...numbers]).toEqual([1, 2, 3]);
    const span = takeSpan();
    expect([span.inputs, span.outputs, span.events.length]).toEqual([{ arg0: 3 }, 3, 3]);
  });

  test("makes instances of a class", () => {
    class Point {
      readonly x: number;
      constructor(x: number) {
        this.x = x;
      }
    }
    const Traced: unknown = Reflect.apply(trace, null, [Point]);
    if (typeof Traced !== "function") throw new Error("no function");
    expect(Reflect.construct(Traced, [3])).toEqual(new Point(3));
  });
});
