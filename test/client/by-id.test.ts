import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { Client, getTrace, init, MlflowClient, searchTraces, startSpan, withSpan } from "../../runtime/index.ts";
import { recordIntoStore } from "./recorded-store.ts";

let store = "";
beforeEach(() => {
  store = recordIntoStore();
});

const client = new Client();

test("a trace is started, continued and ended by ids, with parents of choice, after its root too", async () => {
  const root = await client.startTrace({ name: "job", spanType: "CHAIN", inputs: { n: 1 }, tags: { fruit: "apple" }, attributes: { a: 1 }, experimentId: "5" }); // biome-ignore format: one call
  const { traceId } = root;
  const start = BigInt(Date.now()) * 1_000_000n;
  const step = await client.startSpan({ name: "step", traceId, parentId: root.spanId, startTimeNs: start }); // biome-ignore format: one call
  const late = await client.startSpan({ name: "late", traceId: `tr-${traceId}`, parentId: step.spanId, inputs: [1] });
  await client.endSpan(traceId, step.spanId, { outputs: 2, status: "ERROR", endTimeNs: start + 1000n });
  await client.endTrace(traceId, { outputs: "done", attributes: { b: 2 } });
  await client.endSpan(traceId, late.spanId);
  const later = await client.startSpan({ name: "later", traceId, parentId: step.spanId });
  later.end();

  const trace = await getTrace(traceId);
  expect(trace?.info).toMatchObject({ name: "job", state: "OK", experimentId: "5", tags: { fruit: "apple" } });
  const shape = trace?.data.spans.map(({ name, parentId, outputs, status }) => [
    name,
    parentId,
    outputs,
    status.statusCode,
  ]);
  expect(shape).toEqual([
    ["step", root.spanId, 2, "ERROR"],
    ["job", undefined, "done", "OK"],
    ["late", step.spanId, undefined, "OK"],
    ["later", step.spanId, undefined, "OK"],
  ]);
  const [first, job] = trace?.data.spans ?? [];
  expect([first?.startTimeNs, first?.endTimeNs]).toEqual([start, start + 1000n]);
  expect(job?.attributes).toMatchObject({ a: 1, b: 2, "mlflow.spanInputs": { n: 1 }, "mlflow.spanType": "CHAIN" });
});

test("a span of a traced function is a parent as well", async () => {
  const [traceId, parentId] = await withSpan(async ({ traceId, spanId }) => {
    const below = await client.startSpan({ name: "below", traceId, parentId: spanId });
    await client.endSpan(traceId, below.spanId);
    return [traceId, spanId];
  });
  expect((await getTrace(traceId ?? ""))?.searchSpans({ name: "below" })[0]?.parentId).toBe(parentId);
});

test("another process ends what this one started, and this one cannot end it again", async () => {
  const root = await client.startTrace({ name: "shared", tags: { from: "here" }, inputs: { a: 1 } });
  const child = await client.startSpan({ name: "child", traceId: root.traceId, parentId: root.spanId, inputs: "in" });
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--no-warnings", join(import.meta.dirname, "processes/end.ts"), store, root.traceId, child.spanId],
    { encoding: "utf8" },
  );
  expect([stderr, JSON.parse(stdout)]).toEqual(["", ["SW2135", "SW2134"]]);
  await expect(client.endSpan(root.traceId, child.spanId)).rejects.toMatchObject({ code: "SW2135" });
  await expect(client.endTrace(root.traceId)).rejects.toMatchObject({ code: "SW2134" });
  root.end();
  const trace = await getTrace(root.traceId);
  expect(trace?.info).toMatchObject({ name: "shared", tags: { from: "here" }, state: "OK" });
  expect(trace?.data.spans.map(({ spanId, name, inputs, outputs }) => [spanId, name, inputs, outputs])).toEqual([
    [child.spanId, "child", "in", "ended there"],
    [root.spanId, "shared", { a: 1 }, "and here"],
  ]);
});

describe("refuses", () => {
  const NONE = "f".repeat(32);
  test.each<[string, (traceId: string, spanId: string) => Promise<unknown>, string, RegExp]>([
    [
      "a span without a parent",
      (traceId) => Reflect.apply(client.startSpan, client, [{ name: "n", traceId }]),
      "SW2130",
      /parentId/,
    ],
    [
      "a span without a trace",
      (_, parentId) => Reflect.apply(client.startSpan, client, [{ name: "n", parentId }]),
      "SW2130",
      /traceId/,
    ],
    [
      "a parent there is none of",
      (traceId) => client.startSpan({ name: "n", traceId, parentId: "1".repeat(16) }),
      "SW2133",
      /Parent span with ID '?1{16}'? is not found/,
    ],
    [
      "a trace there is none of",
      (_, parentId) => client.startSpan({ name: "n", traceId: NONE, parentId: `${parentId.slice(1)}0` }),
      "SW2131",
      /Trace with ID f+ is not found/,
    ],
    ["to end a span there is none of", (traceId) => client.endSpan(traceId, "1".repeat(16)), "SW2132", /Span with ID/],
    ["to end a trace there is none of", () => client.endTrace(NONE), "SW2131", /is not found/],
    ["an id that is none", () => client.endTrace("nonsense"), "SW2131", /nonsense/],
    [
      "a trace inside of another",
      () => withSpan(() => client.startTrace({ name: "n" })),
      "SW2136",
      /startTrace was called inside/,
    ],
    ["no options", () => Reflect.apply(client.startTrace, client, [null]), "SW2130", /object/],
  ])("%s", async (_, call, code, message) => {
    const { traceId, spanId } = await client.startTrace({ name: "t" });
    await expect(call(traceId, spanId)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    await client.endTrace(traceId);
  });

  test("to end a span or a trace twice", async () => {
    const { traceId, spanId } = await client.startTrace({ name: "t" });
    const child = await client.startSpan({ name: "c", traceId, parentId: spanId });
    await client.endSpan(traceId, child.spanId);
    await expect(client.endSpan(traceId, child.spanId)).rejects.toMatchObject({ code: "SW2135" });
    await client.endTrace(traceId);
    await expect(client.endTrace(traceId)).rejects.toMatchObject({ code: "SW2134", message: expect.stringContaining("already finished") }); // biome-ignore format: one call
  });
});

test.each([
  ["disabled", { enabled: false }],
  ["sampled out", { samplingRatio: 0 }],
])("does nothing where tracing is %s", async (_, options) => {
  init({ store, ...options });
  const { traceId, spanId } = await client.startTrace({ name: "t" });
  const child = await client.startSpan({ name: "c", traceId, parentId: spanId });
  await client.endSpan(traceId, child.spanId);
  await client.endTrace(traceId);
  init({ store });
  expect(await searchTraces()).toEqual([]);
});

test("works without a store, within one process", async () => {
  init({ store: false, enabled: true });
  const { traceId, spanId } = await client.startTrace({ name: "t" });
  const child = await client.startSpan({ name: "c", traceId, parentId: spanId });
  await client.endSpan(traceId, child.spanId);
  await client.endTrace(traceId);
  await expect(client.endTrace(traceId)).rejects.toMatchObject({ code: "SW2134" });
});

test("goes by MLflow's name too, and reads by the same calls", async () => {
  startSpan({ name: "plain" }).end();
  const [trace] = await new MlflowClient().searchTraces();
  expect(await new MlflowClient().getTraceInfo(trace?.info.traceId ?? "")).toMatchObject({ name: "plain" });
});
