import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  disableTracing,
  enableTracing,
  getCurrentActiveSpan,
  init,
  isTracingEnabled,
  startSpan,
  trace,
  updateCurrentTrace,
  withSpan,
} from "../../runtime/index.ts";
import { recordTraces } from "../../runtime/testing.ts";
import { compiled } from "../conformance/compiled.ts";

/** `NODE_ENV` is `test` here, and nothing is configured: nothing is recorded but by `recordTraces`. */
const { add, later, sampled } = compiled(`
  // @trace
  function add(x, y) { return x + y; }
  // @trace { spanType: "TOOL" }
  async function later(x) { await null; return add(x, 1); }
  // @trace { samplingRatio: 0 }
  function sampled() {}
  module.exports = { add, later, sampled };
`);

test("a synchronous function gives its result and its traces at once", () => {
  const { result, traces } = recordTraces(() => add(1, 2));
  expect(result).toBe(3);
  expect(
    traces.map(({ info, data }) => [info.name, info.state, data.spans[0]?.inputs, data.spans[0]?.outputs]),
  ).toEqual([["add", "OK", { x: 1, y: 2 }, 3]]);
});

test("an asynchronous one gives a promise of them, with all that it awaited", async () => {
  const { result, traces } = await recordTraces(() => later(1));
  expect(result).toBe(2);
  const [spans = []] = traces.map(({ data }) => data.spans);
  expect(spans.map(({ name, spanType, parentId }) => [name, spanType, parentId])).toEqual([
    ["add", "UNKNOWN", spans[1]?.spanId],
    ["later", "TOOL", undefined],
  ]);
});

test("traces hold tags, metadata, previews and tokens as those that are read from a store", () => {
  const { traces } = recordTraces(() =>
    withSpan((span) => {
      updateCurrentTrace({ tags: { fruit: "apple" }, metadata: { who: "me" }, clientRequestId: "r-1" });
      span.setAttribute("mlflow.chat.tokenUsage", { input_tokens: 1, output_tokens: 2, total_tokens: 3 });
      return "done";
    }, { name: "ask", inputs: "why" }),
  ); // biome-ignore format: one nest
  expect(traces[0]?.info).toMatchObject({
    tags: { "mlflow.traceName": "ask", fruit: "apple" },
    traceMetadata: { who: "me", "mlflow.trace.tokenUsage": '{"input_tokens":1,"output_tokens":2,"total_tokens":3}' },
    clientRequestId: "r-1",
    requestPreview: '"why"',
    responsePreview: '"done"',
  });
});

test("traces come in the order in which they began, each with the spans that have ended", () => {
  const { traces } = recordTraces(() => {
    const open = startSpan({ name: "open" });
    withSpan(() => {}, { name: "below", parent: open });
    add(1, 2);
  });
  expect(traces.map(({ info, data }) => [info.name, info.state, data.spans.map(({ name }) => name)])).toEqual([
    [undefined, "IN_PROGRESS", ["below"]],
    ["add", "OK", ["add"]],
  ]);
});

test("several at once see their own traces only", async () => {
  const recorded = await Promise.all([1, 2, 3].map((n) => recordTraces(async () => {
    await turn();
    await later(n);
    await turn();
    return add(n, n);
  }))); // biome-ignore format: one nest
  expect(recorded.map(({ traces }) => traces.map(({ data }) => data.spans.at(-1)?.inputs))).toEqual(
    [1, 2, 3].map((n) => [{ x: n }, { x: n, y: n }]),
  );
});

test("a span that surrounds it is no parent of its traces, and is current again after it", async () => {
  await recordTraces(() => withSpan(async (outer) => {
    const { traces } = await recordTraces(() => later(1));
    expect(traces[0]?.data.spans.at(-1)?.parentId).toBe(undefined);
    expect(getCurrentActiveSpan()).toBe(outer);
  })); // biome-ignore format: one nest
});

test("what the function throws is thrown on, now or later, and nothing is recorded after it", async () => {
  const error = new Error("no");
  const fail = trace(() => { throw error; }, { name: "fail" }); // biome-ignore format: one function
  expect(() => recordTraces(fail)).toThrow(error);
  await expect(recordTraces(async () => { await turn(); fail(); })).rejects.toBe(error); // biome-ignore format: one call
  expect(isTracingEnabled()).toBe(false);
});

test("a failure that the function catches is in the trace", async () => {
  const fail = trace(async () => { throw new RangeError("no"); }, { name: "fail" }); // biome-ignore format: one function
  const { traces } = await recordTraces(() => expect(fail()).rejects.toThrow("no"));
  const [span] = traces[0]?.data.spans ?? [];
  expect([traces[0]?.info.state, span?.status, span?.events[0]?.name]).toEqual(["ERROR", { statusCode: "ERROR", description: "RangeError: no" }, "exception"]); // biome-ignore format: one list
});

test("every trace is recorded, whatever is sampled", () => {
  const { traces } = recordTraces(() => {
    init({ samplingRatio: 0 });
    sampled();
    add(1, 2);
  });
  expect(traces.map(({ info }) => info.name)).toEqual(["sampled", "add"]);
});

test("tracing that the function turns off stays off", () => {
  const { traces } = recordTraces(() => {
    disableTracing();
    add(1, 2);
    enableTracing();
    add(3, 4);
  });
  expect(traces.map(({ data }) => data.spans[0]?.outputs)).toEqual([7]);
});

test("the functions given to init see the spans", () => {
  init({ enabled: false, spanProcessors: [(span) => void span.setOutputs("hidden")] });
  expect(recordTraces(() => add(1, 2)).traces[0]?.data.spans[0]?.outputs).toBe("hidden");
  init({ enabled: false });
});

test("outside of it nothing is recorded", () => {
  recordTraces(() => {});
  expect(withSpan((span) => span.isRecording())).toBe(false);
});
