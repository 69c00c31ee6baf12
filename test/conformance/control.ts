/** Rows about the control of tracing. */

import { trace as traceApi } from "@opentelemetry/api";
import { expect, vi } from "vitest";
import { type TargetOptions, targetsOf } from "../../runtime/delivery/targets.ts";
import {
  copyContext,
  disableTracing,
  enableTracing,
  init,
  isTracingEnabled,
  type Span,
  startSpan,
  stats,
  trace,
  tracingContext,
  withSpan,
  withTracingDisabled,
} from "../../runtime/index.ts";
import { TraceTimeouts } from "../../runtime/trace-timeouts.ts";
import { collector, record, statusOf, takeSpan, takeSpans } from "../runtime/recorded.ts";
import { askedOfServer, type Row, SERVERS_OWN } from "./row.ts";

const work = trace(() => 1, { name: "work" });

/** How many of so many traces are recorded at a ratio. */
function sampled(samplingRatio: number, traces: number): number {
  record({ samplingRatio });
  for (let each = 0; each < traces; each++) work();
  return takeSpans().length;
}

/** The outputs of a span after functions have seen it. */
function edited(...edits: ((span: Span) => unknown)[]): unknown {
  record({ spanProcessors: [...edits, collector] });
  withSpan(() => "o");
  return takeSpans()[0]?.outputs;
}

const NO_BUFFER = "Spans are written as they end; there is no buffer of traces that could overflow or expire";

export const CONTROL_ROWS: readonly Row[] = [
  [
    43,
    "a destination holds for its part of the program, or for all of it",
    () => {
      record({ experimentId: "1" });
      const context = tracingContext({ experimentId: "2" }, () => copyContext());
      work();
      context.run(work);
      expect(takeSpans().map((span) => span.trace.experimentId)).toEqual(["1", "2"]);
    },
  ],
  [
    44,
    "two async tasks have two destinations",
    async () => {
      record();
      const task = (experimentId: string) => tracingContext({ experimentId }, async () => (await null) ?? work());
      await Promise.all([task("1"), task("2")]);
      expect(takeSpans().map((span) => span.trace.experimentId)).toEqual(["1", "2"]);
    },
  ],
  [
    49,
    "the provider is made once, however many ask for it",
    async () => {
      record();
      await Promise.all([1, 2, 3].map(async () => work()));
      const provider = traceApi.getTracerProvider();
      work();
      expect([traceApi.getTracerProvider() === provider, takeSpans().length]).toEqual([true, 4]);
    },
  ],
  [
    50,
    "the environment names the experiment",
    () => {
      process.env.MLFLOW_EXPERIMENT_ID = "42";
      try {
        record();
        work();
        expect(takeSpan().trace.experimentId).toBe("42");
      } finally {
        delete process.env.MLFLOW_EXPERIMENT_ID;
      }
    },
  ],
  [
    51,
    "tracing is turned off and on",
    () => {
      record();
      disableTracing();
      work();
      enableTracing();
      work();
      expect(takeSpans().length).toBe(1);
    },
  ],
  [
    52,
    "tracing is off in a part of the program, until it is left by an exception too",
    () => {
      record();
      expect(() => withTracingDisabled(() => { work(); throw new Error("x"); })).toThrow("x"); // biome-ignore format: one call
      work();
      expect(takeSpans().length).toBe(1);
    },
  ],
  [
    53,
    "turning tracing off leaves OpenTelemetry's provider alone",
    () => {
      record();
      work();
      const provider = traceApi.getTracerProvider();
      disableTracing();
      enableTracing();
      expect(traceApi.getTracerProvider()).toBe(provider);
    },
  ],
  [
    54,
    "whether tracing is on can be asked",
    () => {
      record();
      const before = isTracingEnabled();
      disableTracing();
      expect([before, isTracingEnabled()]).toEqual([true, false]);
    },
  ],
  [
    55,
    "a ratio of traces is recorded",
    () => {
      expect([sampled(1, 10), sampled(0, 10)]).toEqual([10, 0]);
      expect(Math.abs(sampled(0.5, 100) - 50)).toBeLessThanOrEqual(20);
    },
  ],
  [
    56,
    "spans go over OTLP, to MLflow, or to both",
    () => {
      const [otlp, mlflow] = [{ endpoint: "http://127.0.0.1:9" }, { trackingUri: "http://127.0.0.1:9" }];
      const kinds = (options: TargetOptions) => targetsOf(options).map(({ label }) => label.split(" ")[0]);
      expect([kinds({ otlp }), kinds({ mlflow }), kinds({ otlp, mlflow })]).toEqual([["OTLP"], ["MLflow"], ["OTLP", "MLflow"]]); // biome-ignore format: one list
    },
  ],
  [
    57,
    "spans are registered from many tasks at once",
    async () => {
      record();
      await Promise.all(Array.from({ length: 50 }, () => withSpan(async () => (await null) ?? work())));
      expect(takeSpans().length).toBe(100);
    },
  ],
  [58, "a buffer of traces expires", NO_BUFFER],
  [
    59,
    "a trace that times out has a root in error",
    () => {
      const timeouts = new TraceTimeouts(5000);
      record({ spanProcessors: [timeouts, collector] });
      startSpan({ name: "root" });
      timeouts.expire(performance.now() + 5000);
      expect(statusOf(takeSpan())).toMatch(/^ERROR TraceTimeoutError: .* 5 seconds/);
    },
  ],
  [60, "a buffer of traces has a maximum size", NO_BUFFER],
  [
    61,
    "a trace that times out ends its root only, with an exception",
    () => {
      const timeouts = new TraceTimeouts(5000);
      record({ spanProcessors: [timeouts, collector] });
      const child = startSpan({ parent: startSpan({ name: "root" }) });
      timeouts.expire(performance.now() + 5000);
      expect([takeSpan().events[0]?.name, child.isRecording()]).toEqual(["exception", true]);
    },
  ],
  [
    62,
    "a configuration holds until the next one, or for a part of the program",
    () => {
      record({ experimentId: "1" });
      expect(() => tracingContext({ experimentId: "2" }, () => { work(); throw new Error("x"); })).toThrow("x"); // biome-ignore format: one call
      work();
      record();
      work();
      expect(takeSpans().map((span) => span.trace.experimentId)).toEqual([undefined]);
    },
  ],
  [
    63,
    "functions change spans, in order",
    () => {
      const add = (text: string) => (span: Span) => void span.setOutputs(`${span.outputs}${text}`);
      expect([edited(add("1")), edited(add("1"), add("2"))]).toEqual(["o1", "o12"]);
    },
  ],
  [64, "what a function returns is ignored", () => expect(edited((span) => [span])).toBe("o")],
  [
    65,
    "a function that throws does not stop the next",
    () => {
      expect(edited((span) => { throw new Error(span.name); }, (span) => void span.setOutputs("next"))).toBe("next"); // biome-ignore format: one call
    },
  ],
  [
    66,
    "functions of another arity, and what is none, are refused",
    () => {
      for (const wrong of [1, () => {}, (a: unknown, b: unknown) => [a, b]]) {
        expect(() => Reflect.apply(init, null, [{ spanProcessors: [wrong] }])).toThrow(/one parameter/);
      }
    },
  ],
  [
    68,
    "names that occur twice stay, unless the program asks",
    () => {
      record();
      withSpan(() => [work(), work()]);
      expect(takeSpans().map(({ name }) => name)).toEqual(["work", "work", "span"]);
    },
  ],
  [
    69,
    "names that occur twice get a suffix when the program asks",
    () => {
      record({ uniqueSpanNames: true });
      withSpan(() => [work(), work()]);
      expect(takeSpans().map(({ name }) => name)).toEqual(["work_1", "work_2", "span"]);
    },
  ],
  [
    86,
    "a full queue drops spans, and counts them",
    () => {
      vi.stubEnv("OTEL_BSP_MAX_QUEUE_SIZE", "2");
      init({ store: false, otlp: { endpoint: "http://127.0.0.1:9" } });
      vi.unstubAllEnvs();
      const dropped = () =>
        Object.values(stats().targets).reduce((sum, target) => sum + (target.dropped.SW2208 ?? 0), 0);
      const before = dropped();
      for (let span = 0; span < 5; span++) work();
      expect(dropped() - before).toBe(3);
      record();
    },
  ],
  [
    87,
    "a failed export only warns",
    () => {
      record({ spanProcessors: [{ onStart() {}, onEnd() { throw new Error("export"); }, forceFlush: () => Promise.reject(new Error("export")), shutdown: async () => {} }] }); // biome-ignore format: one call
      expect(work()).toBe(1);
    },
  ],
  [
    89,
    "no upload of what is in the tracking store",
    askedOfServer("keeps the spans in the server's store, and uploads nothing beside them"),
  ],
  [91, "a server's header for the experiment", SERVERS_OWN],
  [92, "a server refuses what it cannot read", SERVERS_OWN],
  [93, "a server refuses spans without their fields", SERVERS_OWN],
  [96, "attributes keep their type over OTLP", askedOfServer("gives every kind of value back")],
];
