import { context as contextApi, ROOT_CONTEXT } from "@opentelemetry/api";
import { TraceIdRatioBasedSampler } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  getCurrentActiveSpan,
  startSpan,
  trace,
  tracingHeaders,
  withSpan,
  withTracingHeaders,
} from "../../runtime/index.ts";
import { chooseSampler, isSampled, sampler } from "../../runtime/sampling.ts";
import { asyncCall, configured, sync } from "./emitted.ts";
import { record, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

test("decides about a trace id as OpenTelemetry's SDK does", () => {
  const hex = fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(hex, fc.double({ min: 0, max: 0.999, noNaN: true }), (traceId, ratio) => {
      fc.pre(/[^0]/.test(traceId));
      const { decision } = new TraceIdRatioBasedSampler(ratio).shouldSample(ROOT_CONTEXT, traceId);
      expect(isSampled(traceId, ratio)).toBe(decision === 2);
    }),
  );
});

test.each([
  [0, 0, 0],
  [0.5, 30, 70],
  [1, 100, 100],
])("of 100 traces, the ratio %f records %i to %i", (samplingRatio, least, most) => {
  record({ samplingRatio });
  for (let call = 0; call < 100; call++) sync(() => {});
  const spans = takeSpans();
  expect(spans.length).toBeGreaterThanOrEqual(least);
  expect(spans.length).toBeLessThanOrEqual(most);
});

describe("a trace that is not recorded", () => {
  beforeEach(() => record({ samplingRatio: 0 }));

  test("makes no spans below its root, and hands results and errors on", async () => {
    expect(withSpan(() => sync(() => trace(Math.pow)(2, 3)))).toBe(8);
    expect(await withSpan(() => asyncCall(() => {}, async () => 5))).toBe(5); // biome-ignore format: one call
    expect(() => sync(() => { throw new Error("mine"); })).toThrow("mine"); // biome-ignore format: one call
    expect(takeSpans()).toEqual([]);
  });

  test("has an identity, which others are told not to record", () => {
    const seen = sync(() => [tracingHeaders().traceparent, sync(() => tracingHeaders().traceparent)]);
    expect(seen[0]).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(seen[1]).toBe(seen[0]);
  });

  test("has no current span, and leaves the context as it was", async () => {
    const before = contextApi.active();
    expect(sync(() => getCurrentActiveSpan())).toBe(null);
    const running = asyncCall(() => {}, () => null, () => tracingHeaders().traceparent); // biome-ignore format: one call
    expect(contextApi.active()).toBe(before);
    expect(await running).toMatch(/-00$/);
    expect(contextApi.active()).toBe(before);
  });

  test("takes no children by hand", () => {
    const root = startSpan({ name: "root" });
    const child = startSpan({ name: "child", parent: root });
    expect([root.isRecording(), child.isRecording()]).toEqual([false, false]);
    child.end();
    root.end();
    expect(takeSpans()).toEqual([]);
  });
});

test("a function's own ratio holds for the traces it is the root of", () => {
  const rare = trace(() => 1, { name: "rare", samplingRatio: 0 });
  rare();
  sync(rare);
  expect(takeSpans().map(({ name }) => name)).toEqual(["rare", "sync"]);
});

test("a ratio that a marker call has at run time only comes too late, and is reported", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const reports = (samplingRatio: number) => {
    configured(
      () => ({ samplingRatio }),
      () => 1,
    );
    return warn.mock.calls.map(([message]) => message);
  };
  // That of the literal in the same call, which the build has read.
  expect(reports(1)).toEqual([]);
  expect(reports(0)).toEqual([
    expect.stringMatching(/samplingRatio of trace\(\.\.\.\) in configured \(.*\) cannot be used.*literal.*SW2110/),
  ]);
  expect(takeSpans()).toHaveLength(2);
  warn.mockRestore();
});

test("a remote parent decides", () => {
  const traceparent = (flags: string) => `00-${"a".repeat(32)}-${"b".repeat(16)}-${flags}`;
  record({ samplingRatio: 0 });
  withTracingHeaders({ traceparent: traceparent("01") }, () => sync(() => {}));
  expect(takeSpan().traceId).toBe("a".repeat(32));
  record({ samplingRatio: 1 });
  withTracingHeaders({ traceparent: traceparent("00") }, () => sync(() => {}));
  expect(takeSpans()).toEqual([]);
});

describe("the environment", () => {
  test.each<[Record<string, string>, number, boolean]>([
    [{}, 1, true],
    [{ OTEL_TRACES_SAMPLER: "always_off" }, 0, false],
    [{ OTEL_TRACES_SAMPLER: "traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.25" }, 0.25, false],
    [{ OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "0.5" }, 0.5, true],
    [{ OTEL_TRACES_SAMPLER: "parentbased_traceidratio", OTEL_TRACES_SAMPLER_ARG: "2" }, 1, true],
    [{ OTEL_TRACES_SAMPLER: "toString" }, 1, true],
    [{ MLFLOW_TRACE_SAMPLING_RATIO: "0.1" }, 0.1, true],
  ])("%j", (variables, ratio, parentBased) => {
    Object.assign(process.env, variables);
    try {
      chooseSampler(undefined);
      expect(sampler).toEqual({ ratio, parentBased });
      chooseSampler(0.75);
      expect(sampler.ratio).toBe(0.75);
    } finally {
      for (const name of Object.keys(variables)) delete process.env[name];
    }
  });
});
