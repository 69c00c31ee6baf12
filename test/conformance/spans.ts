/** Rows about spans, blocks and what is said of a trace. */

import { trace as traceApi } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect } from "vitest";
import {
  getActiveTraceId,
  getCurrentActiveSpan,
  getLastActiveTraceId,
  getTrace,
  SpanStatusCode,
  startSpan,
  type TraceUpdate,
  tracingContext,
  updateCurrentTrace,
  withSpan,
} from "../../runtime/index.ts";
import { recordIntoStore } from "../client/recorded-store.ts";
import { record, statusOf, takeSpan, takeSpans } from "../runtime/recorded.ts";
import type { Row } from "./row.ts";

/** What a trace says after an update inside of it. */
function updated(...updates: readonly unknown[]) {
  record();
  withSpan(() => {
    for (const update of updates) Reflect.apply(updateCurrentTrace, null, [update]);
  });
  return takeSpan().finished().trace;
}

const exceptionOf = (value: unknown) => {
  record();
  withSpan((span) => span.recordException(value));
  const span = takeSpan();
  return [statusOf(span), span.events.map(({ name, attributes }) => [name, attributes["exception.type"], attributes["exception.message"]])]; // biome-ignore format: one list
};

export const SPAN_ROWS: readonly Row[] = [
  [
    11,
    "blocks nest, take any inputs, and keep dates among attributes as text",
    () => {
      record();
      const date = new Date(0);
      withSpan(() => withSpan(() => {}, { inputs: 5, attributes: { date } }), { name: "outer" });
      const [inner, outer] = takeSpans();
      expect([inner?.parentId, inner?.inputs, inner?.attributes.date]).toEqual([
        outer?.spanId,
        5,
        JSON.stringify(date),
      ]);
    },
  ],
  [
    12,
    "a span that is started by hand is a child of its block",
    () => {
      record();
      withSpan(() => startSpan({ name: "manual" }).end({ outputs: 1 }));
      const [manual, block] = takeSpans();
      expect([manual?.name, manual?.parentId, manual?.outputs]).toEqual(["manual", block?.spanId, 1]);
    },
  ],
  [
    13,
    "spans of another provider stay with it",
    () => {
      record();
      const exporter = new InMemorySpanExporter();
      const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
      withSpan(() => provider.getTracer("theirs").startSpan("theirs").end());
      expect(takeSpans().map(({ name }) => name)).toEqual(["span"]);
      expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(["theirs"]);
    },
  ],
  [
    15,
    "the last trace is the one whose root ended last",
    () => {
      record();
      withSpan(() => {
        const before = getLastActiveTraceId();
        withSpan(() => {});
        expect(getLastActiveTraceId()).toBe(before);
      });
      expect(getLastActiveTraceId()).toBe(takeSpans()[0]?.traceId);
    },
  ],
  [
    16,
    "the last trace is each worker's own",
    async () => {
      record();
      const worker = () => tracingContext({}, async () => {
      const own = withSpan(({ traceId }) => traceId);
      await null;
      return own === getLastActiveTraceId({ contextLocal: true });
    }); // biome-ignore format: one function
      expect(await Promise.all([worker(), worker(), worker(), worker()])).toEqual([true, true, true, true]);
    },
  ],
  [
    19,
    "tags from any depth merge, and the last write wins",
    () => {
      record();
      withSpan(() => {
        updateCurrentTrace({ tags: { a: "1", b: "1" } });
        withSpan(() => updateCurrentTrace({ tags: { b: "2" } }));
      });
      expect(takeSpans()[1]?.finished().trace.tags).toEqual({ a: "1", b: "2" });
    },
  ],
  [
    20,
    "a client's request id is set while the trace runs",
    () => expect(updated({ clientRequestId: "r" }).clientRequestId).toBe("r"),
  ],
  [
    21,
    "a later request id wins",
    () => expect(updated({ clientRequestId: "r" }, { clientRequestId: "s" }).clientRequestId).toBe("s"),
  ],
  [
    22,
    "a request id that is no string becomes one, and null changes nothing",
    () => {
      const ids = [1, true, [1]].map((clientRequestId) => updated({ clientRequestId }).clientRequestId);
      expect(ids).toEqual(["1", "true", "[1]"]);
      expect(updated({ clientRequestId: "r" }, { clientRequestId: null }).clientRequestId).toBe("r");
    },
  ],
  [
    23,
    "metadata may be replaced, and becomes strings",
    () => {
      expect(updated({ metadata: { "mlflow.source.name": "x", n: 1 } }).metadata).toEqual({
        "mlflow.source.name": "x",
        n: "1",
      });
    },
  ],
  [
    24,
    "the model is metadata",
    () => expect(updated({ modelId: "m-1" }).metadata).toEqual({ "mlflow.modelId": "m-1" }),
  ],
  [
    25,
    "a state can be set",
    () => {
      expect([updated({ state: "ERROR" }).state, updated({ state: "OK" }).state]).toEqual(["ERROR", "OK"]);
    },
  ],
  [26, "a state of null leaves it", () => expect(updated({ state: "ERROR" }, { state: null }).state).toBe("ERROR")],
  [
    27,
    "other states are not taken",
    () => {
      for (const state of ["IN_PROGRESS", "STATE_UNSPECIFIED", "custom", 123])
        expect(updated({ state }).state).toBe(undefined);
    },
  ],
  [
    28,
    "a trace may be in error while its span is not",
    async () => {
      recordIntoStore();
      const id = withSpan(({ traceId }) => {
        updateCurrentTrace({ state: "ERROR" });
        return traceId;
      });
      const found = await getTrace(id);
      expect([found?.info.state, found?.data.spans[0]?.status.statusCode]).toEqual(["ERROR", "OK"]);
    },
  ],
  [
    29,
    "without a trace nothing happens",
    () => {
      record();
      const update: TraceUpdate = { tags: { a: "1" } };
      expect(updateCurrentTrace(update)).toBe(undefined);
    },
  ],
  [
    30,
    "an exception may be a text",
    () => expect(exceptionOf("text")).toEqual(["ERROR text", [["exception", "string", "text"]]]),
  ],
  [
    31,
    "an exception has a type and a message",
    () => {
      expect(exceptionOf(new TypeError("m"))).toEqual(["ERROR TypeError: m", [["exception", "TypeError", "m"]]]);
    },
  ],
  [32, "an exception of another type", "JavaScript throws anything: the number 123 is recorded as one (X9)"],
  [
    33,
    "an exception on a span that records nothing is safe",
    () => {
      record({ enabled: false });
      withSpan((span) => span.recordException(new Error("x")));
      expect(takeSpans()).toEqual([]);
    },
  ],
  [
    34,
    "a state and an exception are both recorded",
    () => {
      record();
      withSpan((span) => {
        span.recordException(new Error("e"));
        updateCurrentTrace({ state: "OK" });
      });
      const span = takeSpan();
      expect([statusOf(span), span.trace.state]).toEqual(["ERROR Error: e", "OK"]);
    },
  ],
  [
    35,
    "characters stay what they are",
    async () => {
      recordIntoStore();
      const id = withSpan((span) => span.setInputs({ あ: "👍" }).traceId);
      expect((await getTrace(id))?.data.spans[0]?.inputs).toEqual({ あ: "👍" });
      expect((await getTrace(id))?.info.requestPreview).toBe('{"あ":"👍"}');
    },
  ],
  [
    73,
    "attributes that cannot be shown become text",
    () => {
      record();
      withSpan((span) => span.setAttributes({ big: 2n ** 70n, f: () => {}, list: [1, "a"] }));
      expect(takeSpan().attributes).toMatchObject({
        big: '"1180591620717411303424"',
        f: '"[Function f]"',
        list: '[1,"a"]',
      });
    },
  ],
  [
    74,
    "a finished span has no setters",
    async () => {
      recordIntoStore();
      const id = withSpan(({ traceId }) => traceId);
      expect(Reflect.get(Object((await getTrace(id))?.data.spans[0]), "setInputs")).toBe(undefined);
    },
  ],
  [
    75,
    "tracing that is off gives a span that records nothing",
    () => {
      record({ enabled: false });
      expect([startSpan().isRecording(), getCurrentActiveSpan(), getActiveTraceId()]).toEqual([false, null, undefined]);
    },
  ],
  [
    76,
    "a status is set by its code, and no other",
    () => {
      record();
      withSpan((span) => span.setStatus("ERROR", "d"));
      withSpan((span) => Reflect.apply(span.setStatus, span, ["WRONG"]));
      withSpan((span) => span.setStatus(SpanStatusCode.OK));
      expect(takeSpans().map(statusOf)).toEqual(["ERROR d", "OK", "OK"]);
    },
  ],
  [
    78,
    "an attribute that is set through OpenTelemetry can be read",
    () => {
      record();
      withSpan(() => traceApi.getActiveSpan()?.setAttribute("otel", 1));
      expect(takeSpan().attributes.otel).toBe(1);
    },
  ],
  [
    81,
    "an exception's event has its three attributes",
    () => {
      record();
      withSpan((span) => span.recordException(new Error("m")));
      expect(Object.keys(takeSpan().events[0]?.attributes ?? {})).toEqual([
        "exception.type",
        "exception.message",
        "exception.stacktrace",
      ]);
    },
  ],
  [82, "a status has one of three codes", () => expect(Object.keys(SpanStatusCode)).toEqual(["UNSET", "OK", "ERROR"])],
  [
    99,
    "startSpan takes a type and options, records exceptions, and nests by parent",
    () => {
      record();
      const parent = startSpan({ name: "p", spanType: "LLM", inputs: { a: 1 }, attributes: { k: "v" } });
      const child = startSpan({ name: "c", parent });
      child.recordException(new Error("e"));
      child.end();
      parent.end({ outputs: 2, attributes: { x: 1 }, status: "OK" });
      const [c, p] = takeSpans();
      expect([c?.parentId, c && statusOf(c)]).toEqual([p?.spanId, "ERROR Error: e"]);
      expect([p?.spanType, p?.inputs, p?.outputs, p?.attributes]).toMatchObject(["LLM", { a: 1 }, 2, { k: "v", x: 1 }]);
    },
  ],
  [
    100,
    "withSpan takes sync and async callbacks, outputs set or returned, and errors",
    async () => {
      record();
      withSpan(() => "auto");
      await withSpan(async (span) => span.setOutputs("explicit").name);
      await expect(withSpan(async () => { throw new Error("e"); })).rejects.toThrow("e"); // biome-ignore format: one call
      expect(takeSpans().map((span) => [span.outputs, statusOf(span)])).toEqual([["auto", "OK"], ["explicit", "OK"], [undefined, "ERROR Error: e"]]); // biome-ignore format: one list
    },
  ],
  [
    101,
    "null and objects come back as they are",
    () => {
      record();
      expect([withSpan(() => null), withSpan(() => ({ a: [{ b: null }] }))]).toEqual([null, { a: [{ b: null }] }]);
      expect(takeSpans().map(({ outputs }) => outputs)).toEqual([null, { a: [{ b: null }] }]);
    },
  ],
  [
    106,
    "updateCurrentTrace takes tags, metadata, a request id and previews",
    () => {
      expect(updated({ tags: { a: "1" }, metadata: { m: "2" }, clientRequestId: "c", requestPreview: "q", responsePreview: "r" })).toMatchObject({ tags: { a: "1" }, metadata: { m: "2" }, clientRequestId: "c", requestPreview: "q", responsePreview: "r" }); // biome-ignore format: one call
    },
  ],
  [
    108,
    "functions, undefined and errors are shown",
    () => {
      record();
      withSpan((span) =>
        span.setInputs({ f: function named() {}, u: undefined, list: [undefined], e: new Error("m") }),
      );
      expect(takeSpan().inputs).toMatchObject({
        f: "[Function named]",
        list: [null],
        e: { name: "Error", message: "m" },
      });
    },
  ],
  [
    109,
    "times are whole nanoseconds, ids hexadecimal",
    () => {
      record();
      startSpan({ startTimeNs: 1_700_000_000_123_456_789n }).end({ endTimeNs: 1_700_000_001_123_456_789n });
      const span = takeSpan();
      expect([span.startTime[0], span.duration, span.traceId.length, span.spanId.length]).toEqual([
        1_700_000_000,
        [1, 0],
        32,
        16,
      ]);
    },
  ],
];
