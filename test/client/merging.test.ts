import { beforeEach, describe, expect, test } from "vitest";
import {
  addTrace,
  Client,
  getTrace,
  startSpan,
  type Trace,
  TracingError,
  updateCurrentTrace,
  withSpan,
} from "../../runtime/index.ts";
import { recordIntoStore } from "./recorded-store.ts";

beforeEach(() => void recordIntoStore());

/** A finished trace of two spans, read back. */
async function remoteTrace() {
  const traceId = withSpan(
    ({ traceId }) => {
      updateCurrentTrace({ tags: { fruit: "apple", from: "remote" } });
      try {
        withSpan(() => { throw new RangeError("far"); }, { name: "leaf", spanType: "TOOL", attributes: { n: [1, "x"] } }); // biome-ignore format: one call
      } catch {
        // Recorded.
      }
      return traceId;
    },
    { name: "trunk", inputs: { q: 1 } },
  );
  const trace = await getTrace(traceId);
  if (trace === null) throw new Error("no trace");
  return trace;
}

const shape = (trace: { data: { spans: readonly { name: string; spanType: string; inputs: unknown }[] } } | null) =>
  trace?.data.spans.map(({ name, spanType, inputs }) => [name, spanType, inputs]);

test.each([
  ["as it was read", (trace: Trace) => trace],
  ["as a JSON object", (trace: Trace) => trace.toJSON()],
  ["as a JSON text", (trace: Trace) => JSON.stringify(trace)],
])("a remote trace, %s, becomes a part of the current one", async (_, form) => {
  const remote = await remoteTrace();
  const [traceId, spanId] = await withSpan(async (span) => {
    updateCurrentTrace({ tags: { fruit: "pear" } });
    expect(await addTrace(form(remote))).toBe(span.traceId);
    return [span.traceId, span.spanId];
  });
  const merged = await getTrace(traceId ?? "");
  expect(shape(merged)).toEqual([["trunk", "UNKNOWN", { q: 1 }], ["leaf", "TOOL", undefined], ["span", "UNKNOWN", undefined]]); // biome-ignore format: one list
  const [trunk, leaf] = merged?.data.spans ?? [];
  const [far, farTrunk] = remote.data.spans;
  expect([trunk?.parentId, leaf?.parentId]).toEqual([spanId, trunk?.spanId]);
  expect(trunk?.spanId).not.toBe(farTrunk?.spanId);
  expect(leaf?.traceId).toBe(traceId);
  expect([leaf?.startTimeNs, leaf?.endTimeNs, leaf?.status]).toEqual([far?.startTimeNs, far?.endTimeNs, far?.status]);
  expect(leaf?.events).toEqual(far?.events);
  expect(leaf?.attributes).toEqual(far?.attributes);
  expect(merged?.info.tags).toMatchObject({ fruit: "pear", from: "remote", "mlflow.traceName": "span" });
});

test("a remote trace goes below the span that is named, and else below a root of its own", async () => {
  const remote = await remoteTrace();
  const target = startSpan({ name: "target" });
  expect(await addTrace(remote, target)).toBe(target.traceId);
  target.end();
  expect((await getTrace(target.traceId))?.searchSpans({ name: "trunk" })[0]?.parentId).toBe(target.spanId);

  const traceId = await addTrace(remote);
  const root = (await getTrace(traceId ?? ""))?.searchSpans({ name: "Remote Trace trunk" })[0];
  const trunk = remote.searchSpans({ name: "trunk" })[0];
  expect([root?.startTimeNs, root?.endTimeNs]).toEqual([(trunk?.startTimeNs ?? 0n) - 1n, trunk?.endTimeNs]);
});

describe("refuses", () => {
  test.each([[null], [1], ["nonsense"], [{ info: {}, data: {} }], [{ info: {}, data: { spans: [null] } }]])(
    "%j",
    async (given) => {
      const call = Reflect.apply(addTrace, null, [given]);
      await expect(call).rejects.toThrow(TracingError);
      await expect(call).rejects.toMatchObject({ code: "SW2142" });
    },
  );

  test("a trace that has not ended", async () => {
    const client = new Client();
    const root = await client.startTrace({ name: "t" });
    await client.endSpan(
      root.traceId,
      (await client.startSpan({ traceId: root.traceId, parentId: root.spanId })).spanId,
    );
    const trace = await getTrace(root.traceId);
    await expect(Reflect.apply(addTrace, null, [trace])).rejects.toMatchObject({ message: expect.stringContaining("must be ended before") }); // biome-ignore format: one call
  });
});
