import { EventEmitter } from "node:events";
import { beforeEach, describe, expect, test } from "vitest";
import {
  copyContext,
  getActiveTraceId,
  getCurrentActiveSpan,
  getLastActiveTraceId,
  type TracingHeaders,
  tracingContext,
  tracingEnvironment,
  tracingHeaders,
  withSpan,
  withTracingDisabled,
  withTracingHeaders,
} from "../../runtime/index.ts";
import { asyncCall, sync } from "./emitted.ts";
import { record, takeSpan, takeSpans } from "./recorded.ts";

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN = "00f067aa0ba902b7";
const traceparent = `00-${TRACE}-${SPAN}-01`;

beforeEach(() => record());

/** Trace, parent and trace state of a span that is started under headers. */
function under(headers: TracingHeaders): unknown[] {
  withTracingHeaders(headers, () => sync(() => {}));
  const span = takeSpan();
  return [span.traceId, span.parentId, span.spanContext().traceState?.serialize()];
}

describe("headers of a remote span are followed", () => {
  test.each<[string, TracingHeaders]>([
    ["as an object", { traceparent }],
    ["in any case", { TraceParent: traceparent }],
    ["as Headers", new Headers({ traceparent })],
    ["as a Map", new Map([["traceparent", traceparent]])],
    ["as a list in an object", { traceparent: [traceparent] }],
    ["of a later version", { traceparent: `cc-${TRACE}-${SPAN}-01-what-comes` }],
    ["with flags we do not know", { traceparent: `00-${TRACE}-${SPAN}-ff` }],
  ])("%s", (_, headers) => {
    expect(under(headers)).toEqual([TRACE, SPAN, undefined]);
  });

  test.each([
    ["a=1,b=2", "a=1,b=2"],
    [" a=1 ,\t, b=2 ", "a=1,b=2"],
    ["tenant@vendor=x y", "tenant@vendor=x y"],
    ["a=1,a=2", undefined],
    ["a=1,B=2", undefined],
    ["a=1,b=1=2", undefined],
    ["a", undefined],
    [Array.from({ length: 33 }, (_, n) => `k${n}=v`).join(","), undefined],
  ])("tracestate %j", (tracestate, kept) => {
    expect(under({ traceparent, tracestate })).toEqual([TRACE, SPAN, kept]);
  });
});

test.each([
  ["", "00", "empty"],
  [`ff-${TRACE}-${SPAN}-01`, "", "version ff"],
  [`00-${TRACE}-${SPAN}-01-more`, "", "more than version 00 has"],
  [`00-${TRACE.toUpperCase()}-${SPAN}-01`, "", "upper case"],
  [`00-${"0".repeat(32)}-${SPAN}-01`, "", "trace id of zeros"],
  [`00-${TRACE}-${"0".repeat(16)}-01`, "", "span id of zeros"],
  [`00-${TRACE.slice(1)}-${SPAN}-01`, "", "too short"],
  [`cc-${TRACE}-${SPAN}-01.what`, "", "later version without a dash"],
  [` 00-${TRACE}-${SPAN}-01`, "", "a blank"],
])("a malformed traceparent %j is ignored (%s%s)", (malformed) => {
  const [traceId, parentId] = under({ traceparent: malformed });
  expect([traceId === TRACE, parentId]).toEqual([false, undefined]);
});

test("two traceparents are none", () => {
  expect(under([["traceparent", traceparent], ["traceparent", traceparent]])[1]).toBe(undefined); // biome-ignore format: one call
});

test("what goes out is the current span, in headers and in an environment", () => {
  withTracingHeaders({ traceparent, tracestate: "a=1" }, () =>
    withSpan((span) => {
      const out = `00-${TRACE}-${span.spanId}-01`;
      expect(tracingHeaders()).toEqual({ traceparent: out, tracestate: "a=1" });
      expect(tracingEnvironment()).toEqual({ TRACEPARENT: out, TRACESTATE: "a=1" });
    }),
  );
  expect(tracingHeaders()).toEqual({});
});

describe("copyContext", () => {
  test("carries the context into a queue", () => {
    const queue: (() => unknown)[] = [];
    withSpan((span) => {
      const context = copyContext();
      queue.push(() => context.run((a: number, b: number) => [getCurrentActiveSpan()?.name, span.name, a + b], 1, 2));
    });
    expect(getCurrentActiveSpan()).toBe(null);
    expect(queue[0]?.()).toEqual(["span", "span", 3]);
  });

  test("carries a running span into callbacks and emitters, with their this and arguments", async () => {
    await withSpan(async (span) => {
      const context = copyContext();
      const receiver = { seen: [] as unknown[] };
      const bound = context.bind(function (this: typeof receiver, value: number) {
        this.seen.push(value, getActiveTraceId());
      });
      const emitter = context.bind(new EventEmitter());
      emitter.once("event", bound.bind(receiver));
      withTracingDisabled(() => emitter.emit("event", 7));
      expect(receiver.seen).toEqual([7, span.traceId]);
    });
  });
});

test("the last trace is known for the whole process and for each part of it", async () => {
  const task = () =>
    tracingContext({}, async () => {
      const own = await withSpan(async (span) => await span.traceId);
      await null;
      return [own, getLastActiveTraceId({ contextLocal: true })];
    });
  const seen = await Promise.all([task(), task(), task(), task()]);
  for (const [own, last] of seen) expect(last).toBe(own);
  expect(new Set(seen.flat()).size).toBe(4);
  expect(seen.flat()).toContain(getLastActiveTraceId());
});

test("traces take along what the part of the program says they begin in", async () => {
  await Promise.all(
    ["1", "2"].map((experimentId) =>
      tracingContext(
        { experimentId, sessionId: `s${experimentId}`, tags: { all: "x" } },
        () =>
        tracingContext({ user: "u" }, () => asyncCall(() => {}, () => null)), // biome-ignore format: one call
      ),
    ),
  );
  sync(() => {});
  const traces = takeSpans().map((span) => span.trace);
  const known = traces.map(({ experimentId, tags, metadata }) => [experimentId, tags?.all, metadata]);
  expect(known).toEqual([
    ["1", "x", { "mlflow.trace.session": "s1", "mlflow.trace.user": "u" }],
    ["2", "x", { "mlflow.trace.session": "s2", "mlflow.trace.user": "u" }],
    [undefined, undefined, undefined],
  ]);
});

test("nothing is recorded where tracing is disabled, and again after it, thrown out of too", async () => {
  await withTracingDisabled(async () => {
    await null;
    sync(() => {});
    tracingContext({ enabled: true }, () => sync(() => {}));
  });
  expect(() => withTracingDisabled(() => { throw new Error("x"); })).toThrow("x"); // biome-ignore format: one call
  sync(() => {});
  expect(takeSpans().length).toBe(2);
});
