import { SpanKind, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { noSpan } from "../../runtime/adopted-span.ts";
import { getCurrentActiveSpan, SpanStatusCode, SpanType, startSpan, withSpan } from "../../runtime/index.ts";
import { RecordedSpan } from "../../runtime/span.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

function ended(change: (span: RecordedSpan) => void): RecordedSpan {
  const span = startSpan({ name: "s" });
  if (!(span instanceof RecordedSpan)) throw new Error("not ours");
  change(span);
  span.end();
  return takeSpan();
}

describe("a span", () => {
  test("has ids of the right length, and hands them to OpenTelemetry", () => {
    const span = ended(() => {});
    expect(span.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span.spanId).toMatch(/^[0-9a-f]{16}$/);
    expect({ ...span.spanContext() }).toEqual({ traceId: span.traceId, spanId: span.spanId, traceFlags: 1 });
    expect(span.kind).toBe(SpanKind.INTERNAL);
  });

  test("has a trace id that begins with the time it was made at, so that databases add it beside the one before", () => {
    const before = Date.now();
    const at = Number.parseInt(ended(() => {}).traceId.slice(0, 12), 16);
    expect(at).toBeGreaterThanOrEqual(before);
    expect(at).toBeLessThanOrEqual(Date.now());
  });

  test("takes inputs, outputs and type", () => {
    const span = ended((open) => open.setInputs({ q: 1 }).setOutputs([2]).setSpanType(SpanType.LLM));
    expect([span.inputs, span.outputs, span.spanType]).toEqual([{ q: 1 }, [2], "LLM"]);
  });

  test("is rendered as its name and ids, not as what it is made of", () => {
    const inner = startSpan({ name: "inner" });
    const { traceId, spanId } = inner;
    expect(ended((open) => open.setOutputs([inner])).outputs).toEqual([{ name: "inner", traceId, spanId }]);
    const none = noSpan();
    const ids = { traceId: "0".repeat(32), spanId: "0".repeat(16) };
    expect(ended((open) => open.setOutputs(none)).outputs).toEqual({ name: "", ...ids });
  });

  test("takes MLflow's attributes as what they mean", () => {
    const span = ended((open) =>
      open.setAttributes({ "mlflow.spanInputs": '{"a":1}', "mlflow.spanOutputs": "text", "mlflow.spanType": '"TOOL"' }),
    );
    expect([span.inputs, span.outputs, span.spanType]).toEqual([{ a: 1 }, "text", "TOOL"]);
  });

  test("keeps attributes of any value, in OpenTelemetry's form and as JSON", () => {
    const span = ended((open) =>
      open.setAttributes({ s: "x", n: 1, b: true, l: ["a"], o: { a: [1] }, none: undefined, apiKey: "k" }),
    );
    const { attributes } = span;
    expect(attributes).toMatchObject({ s: "x", n: 1, b: true, l: ["a"], o: '{"a":[1]}', apiKey: "[redacted]" });
    expect(attributes).not.toHaveProperty("none");
    expect(JSON.parse(span.finished().attributesJson ?? "")).toEqual({ s: "x", n: 1, b: true, l: ["a"], o: { a: [1] }, apiKey: "[redacted]" }); // biome-ignore format: one call
  });

  test.each<[string, (span: RecordedSpan) => unknown, string]>([
    ["by name", (span) => span.setStatus("ERROR", "why"), "ERROR why"],
    ["by MLflow's constant", (span) => span.setStatus(SpanStatusCode.OK), "OK"],
    ["in OpenTelemetry's form", (span) => span.setStatus({ code: 2, message: "why" }), "ERROR why"],
    ["OK for good", (span) => span.setStatus("OK").setStatus("ERROR"), "OK"],
    ["not by UNSET", (span) => span.setStatus("ERROR", "why").setStatus("UNSET"), "ERROR why"],
    ["not at all, which is OK", () => {}, "OK"],
    ["by an exception", (span) => span.recordException(new Error("x")), "ERROR Error: x"],
  ])("takes a status %s", (_, change, status) => {
    expect(statusOf(ended(change))).toBe(status);
  });

  test("takes events in OpenTelemetry's form and MLflow's", () => {
    const second = Math.floor(Date.now() / 1000);
    const span = ended((open) => {
      open.addEvent("plain");
      open.addEvent("with", { a: 1 }, [second, 5000]);
      open.addEvent({
        name: "mlflow",
        attributes: { o: { x: 1 } },
        timestamp: BigInt(second) * 1_000_000_000n + 7000n,
      });
    });
    const [, given, mlflow] = span.finished().finishedEvents;
    expect(span.finished().finishedEvents.map(({ name, attributes }) => [name, attributes])).toEqual([
      ["plain", undefined],
      ["with", { a: 1 }],
      ["mlflow", { o: '{"x":1}' }],
    ]);
    expect([given?.timeUs, mlflow?.timeUs]).toEqual([second * 1e6 + 5, second * 1e6 + 7]);
  });

  test("ends with what MLflow's end says", () => {
    const start = BigInt(Date.now()) * 1_000_000n + 123n;
    const span = startSpan({ name: "s", startTimeNs: start });
    span.end({ outputs: 1, attributes: { a: 2 }, status: "ERROR", endTimeNs: start + 1_000_000_001n });
    const finished = takeSpan().finished();
    expect(finished).toMatchObject({
      startUs: Number(start / 1000n),
      startNs: 123,
      durationNs: 1_000_000_001,
      outputs: "1",
      attributesJson: '{"a":2}',
      status: "ERROR",
    });
  });

  test("never ends before it starts", () => {
    startSpan().end(new Date(0));
    expect(takeSpan().finished().durationNs).toBe(0);
  });

  test("has times that are whole and near the clock's", () => {
    const span = ended(() => {}).finished();
    expect([span.startUs, span.startNs, span.durationNs].every(Number.isInteger)).toBe(true);
    expect(Math.abs(span.startUs / 1000 - Date.now())).toBeLessThan(60_000);
    expect(span.startNs).toBeLessThan(1000);
  });

  test("takes links", () => {
    const other = ended(() => {});
    const span = ended((open) => open.addLink({ context: other.spanContext(), attributes: { why: "because" } }));
    expect(span.finished().finishedLinks).toEqual([
      { traceId: other.traceId, spanId: other.spanId, attributes: { why: "because" } },
    ]);
  });

  test("ignores calls after its end", () => {
    const span = ended(() => {});
    const before = [span.traceId, JSON.stringify(span.finished())];
    span.setInputs(1).setOutputs(1).setAttribute("a", 1).setStatus("ERROR").setSpanType("LLM").updateName("other");
    span.addEvent("e").addLink({ context: span.spanContext() }).recordException(new Error("x"));
    span.end();
    expect([span.traceId, JSON.stringify(span.finished())]).toEqual(before);
    expect(takeSpans()).toEqual([]);
  });

  test("takes any argument without throwing", () => {
    const methods = ["setInputs", "setOutputs", "setSpanType", "setAttribute", "setAttributes", "setStatus", "addEvent", "addLink", "addLinks", "updateName", "recordException", "end"] as const; // biome-ignore format: one list
    fc.assert(
      fc.property(fc.constantFrom(...methods), fc.array(fc.anything(), { maxLength: 3 }), (method, args) => {
        const span = startSpan();
        Reflect.apply(span[method], span, args);
        span.end();
        for (const done of takeSpans()) JSON.parse(done.finished().attributesJson ?? "{}");
      }),
    );
  });

  test("does not keep the spans above it", () => {
    const chain = (depth: number): RecordedSpan[] =>
      withSpan((span) => [span as RecordedSpan, ...(depth === 0 ? [] : chain(depth - 1))]);
    const [top, , , bottom] = chain(3);
    const reachable = new Set<unknown>();
    const visit = (value: unknown) => {
      if (typeof value !== "object" || value === null || reachable.has(value)) return;
      reachable.add(value);
      for (const key of Reflect.ownKeys(value)) visit(Reflect.get(value, key));
    };
    visit(bottom);
    expect(reachable.has(bottom)).toBe(true);
    expect(reachable.has(top)).toBe(false);
  });
});

describe("a span as a context", () => {
  test("keeps the values around it and can be taken out", () => {
    withSpan((span) => {
      const key = Symbol("k");
      const within = (span as RecordedSpan).setValue(key, 1);
      expect([within.getValue(key), trace.getSpan(within)]).toEqual([1, span]);
      expect(trace.getSpan(trace.deleteSpan(within))).toBeUndefined();
      expect(trace.deleteSpan(within).getValue(key)).toBe(1);
      expect(trace.getActiveSpan()).toBe(span);
      expect(getCurrentActiveSpan()).toBe(span);
    });
  });
});
