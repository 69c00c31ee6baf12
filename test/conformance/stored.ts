/** Rows about stored traces: read, found, merged, assessed. */

import { expect } from "vitest";
import { encodeRequest } from "../../runtime/delivery/otlp/encoder.ts";
import { previewOf } from "../../runtime/delivery/preview.ts";
import {
  addTrace,
  Client,
  deleteAssessment,
  deleteTraceTag,
  flushTraces,
  getTrace,
  init,
  logExpectation,
  logFeedback,
  overrideFeedback,
  searchTraces,
  setTraceTag,
  startSpan,
  trace,
  updateCurrentTrace,
  withSpan,
} from "../../runtime/index.ts";
import { tokenUsageOf, type UsingSpan } from "../../runtime/token-usage.ts";
import { recordIntoStore } from "../client/recorded-store.ts";
import { decodeRequest } from "../delivery/collector.ts";
import { record, takeSpan } from "../runtime/recorded.ts";
import { askedOfServer, type Row } from "./row.ts";

/** A trace that has ended; returns its id. */
function ended(name = "root", body: () => void = () => {}): string {
  return withSpan(({ traceId }) => {
    body();
    return traceId;
  }, { name }); // biome-ignore format: one call
}

const byName = async (filterString: string) => (await searchTraces({ filterString })).map(({ info }) => info.name);

const usage = (spanId: string, parentId: string | undefined, ...tokens: number[]): UsingSpan => {
  const [input_tokens, output_tokens, total_tokens] = tokens;
  return { spanId, parentId, usage: tokens.length === 0 ? undefined : { input_tokens, output_tokens, total_tokens } };
};

/** Uses 1, 2 and 3 tokens in a span above another that says the same. */
function spend(): void {
  const attributes = { "mlflow.chat.tokenUsage": { input_tokens: 1, output_tokens: 2, total_tokens: 3 } };
  withSpan(() => withSpan(() => {}, { attributes }), { attributes });
}

const USAGE = '{"input_tokens":1,"output_tokens":2,"total_tokens":3}';
const client = new Client();

export const STORED_ROWS: readonly Row[] = [
  [
    14,
    "an unknown id is null",
    async () => {
      recordIntoStore();
      expect([await getTrace("f".repeat(32)), await getTrace("f".repeat(32), { silent: true })]).toEqual([null, null]);
    },
  ],
  [
    36,
    "a remote trace is merged, with ids of its own, its times, events and status",
    async () => {
      recordIntoStore();
      const remote = await getTrace(ended("far", () => startSpan({ name: "f" }).end({ status: "ERROR" })));
      const id = await withSpan(async (span) => ((await addTrace(remote ?? "")) === span.traceId ? span.traceId : ""));
      const merged = await getTrace(id);
      const [near, far] = [merged, remote].map((each) => each?.searchSpans({ name: "f" })[0]);
      expect([near?.startTimeNs, near?.endTimeNs, near?.status]).toEqual([
        far?.startTimeNs,
        far?.endTimeNs,
        far?.status,
      ]);
      expect(near?.spanId).not.toBe(far?.spanId);
    },
  ],
  [
    37,
    "without a current trace, a remote one gets a root, a nanosecond before it",
    async () => {
      recordIntoStore();
      const remote = await getTrace(ended("far"));
      const merged = await getTrace((await addTrace(remote ?? "")) ?? "");
      expect(merged?.info.name).toBe("Remote Trace far");
      expect(merged?.searchSpans({ name: "far" })[0]?.startTimeNs).toBe((merged?.searchSpans({ name: /^Remote/ })[0]?.startTimeNs ?? 0n) + 1n); // biome-ignore format: one call
    },
  ],
  [
    38,
    "a remote trace goes below the span that is named",
    async () => {
      recordIntoStore();
      const remote = await getTrace(ended("far"));
      const target = startSpan({ name: "target" });
      await addTrace(remote ?? "", target);
      target.end();
      expect((await getTrace(target.traceId))?.searchSpans({ name: "far" })[0]?.parentId).toBe(target.spanId);
    },
  ],
  [
    39,
    "the parent's tag wins",
    async () => {
      recordIntoStore();
      const remote = await getTrace(ended("far", () => updateCurrentTrace({ tags: { a: "far", b: "far" } })));
      const id = await withSpan(async (span) => {
        updateCurrentTrace({ tags: { a: "near" } });
        await addTrace(remote ?? "");
        return span.traceId;
      });
      expect((await getTrace(id))?.info.tags).toMatchObject({ a: "near", b: "far" });
    },
  ],
  [
    40,
    "three kinds of invalid traces are refused",
    async () => {
      recordIntoStore();
      const running = await client.startTrace({ name: "t" });
      await (await client.startSpan({ traceId: running.traceId, parentId: running.spanId })).end();
      const invalid = [null, { info: {}, data: { spans: [{}] } }, await getTrace(running.traceId)];
      for (const given of invalid)
        await expect(Reflect.apply(addTrace, null, [given])).rejects.toMatchObject({ code: "SW2142" });
    },
  ],
  [41, "log_trace", "MLflow has removed it; startSpan with startTimeNs and end({ endTimeNs }) does the same"],
  [
    42,
    "tags are set and deleted after the end",
    async () => {
      recordIntoStore();
      const id = ended();
      await setTraceTag(id, "a", "1");
      await setTraceTag(id, "b", "2");
      await deleteTraceTag(id, "a");
      expect((await getTrace(id))?.info.tags).toEqual({ "mlflow.traceName": "root", b: "2" });
    },
  ],
  [
    45,
    "traces are listed, filtered and paged",
    async () => {
      recordIntoStore();
      for (const name of ["a", "b", "c"]) ended(name);
      const first = await searchTraces({ maxResults: 2 });
      const rest = await searchTraces({ maxResults: 2, pageToken: first.token ?? "" });
      expect([...first, ...rest].map(({ info }) => info.name).toSorted()).toEqual(["a", "b", "c"]);
      expect(await byName("name = 'b'")).toEqual(["b"]);
    },
  ],
  [
    46,
    "traces are found by what their spans are",
    async () => {
      recordIntoStore();
      ended("a", () => startSpan({ name: "inner" }).end());
      ended("b");
      expect(await byName('span.name = "inner"')).toEqual(["a"]);
    },
  ],
  [
    47,
    "traces are found by text, with quotes and percent signs",
    async () => {
      recordIntoStore();
      ended("a", () => startSpan({ inputs: 'it\'s "100%"' }).end());
      expect(await byName('trace.text LIKE "%it\'s%"')).toEqual(["a"]);
      expect(await byName("trace.text LIKE '%\"100%'")).toEqual(["a"]);
      expect(await byName("trace.text LIKE '%200%'")).toEqual([]);
    },
  ],
  [
    48,
    "spans of one name are all kept",
    async () => {
      recordIntoStore();
      const id = ended("a", () => [1, 2, 3].forEach(() => void startSpan({ name: "same" }).end()));
      expect((await getTrace(id))?.searchSpans({ name: "same" }).length).toBe(3);
    },
  ],
  [
    70,
    "usage is summed, with 0 for what is not said",
    () => {
      const partial = { spanId: "c", parentId: undefined, usage: { input_tokens: 5 } };
      expect(tokenUsageOf([usage("a", undefined, 10, 20, 30), usage("b", undefined, 0, 25, 30), partial])).toEqual({ input_tokens: 15, output_tokens: 45, total_tokens: 60 }); // biome-ignore format: one call
    },
  ],
  [
    71,
    "usage below usage does not count",
    () => {
      const spans = [
        usage("r", undefined),
        usage("a", "r", 10, 20, 30),
        usage("x", "a"),
        usage("y", "x", 5, 5, 10),
        usage("b", "r", 3, 6, 9),
      ];
      expect(tokenUsageOf(spans)).toEqual({ input_tokens: 13, output_tokens: 26, total_tokens: 39 });
    },
  ],
  [
    72,
    "previews show the last thing said",
    () => {
      const said = (value: unknown, role: "user" | "assistant" = "user") => previewOf(JSON.stringify(value), role);
      const messages = [
        { role: "user", content: "first" },
        { role: "user", content: "last" },
        { role: "assistant", content: "answer" },
      ];
      expect(said({ messages })).toBe("last");
      expect(said({ request: { messages } })).toBe("last");
      expect(said({ choices: [{ message: { role: "assistant", content: "c" } }] }, "assistant")).toBe("c");
      expect(said({ messages: [{ role: "user", content: [{ type: "text", text: "a" }, { type: "image_url" }, { type: "text", text: "b" }] }] })).toBe("a b"); // biome-ignore format: one call
      expect(said({ input: [{ role: "user", content: [{ type: "input_text", text: "r" }] }] })).toBe("r");
      expect(said({ output: [{ type: "reasoning" }, { role: "assistant", content: [{ type: "output_text", text: "o" }] }] }, "assistant")).toBe("o"); // biome-ignore format: one call
      for (const plain of [
        5,
        { messages: "x" },
        { messages: [] },
        { messages: [{ role: "user", content: 5 }] },
        { input: "text" },
      ]) {
        expect(said(plain)).toBe(JSON.stringify(plain));
      }
    },
  ],
  [
    77,
    "a trace goes to JSON and back",
    async () => {
      recordIntoStore();
      const read = await getTrace(
        ended("far", () => startSpan({ inputs: [1, { a: null }] }).recordException(new Error("e"))),
      );
      const id = await withSpan(async (span) => (await addTrace(JSON.stringify(read))) && span.traceId);
      const copy = (await getTrace(id ?? ""))?.searchSpans({ name: "far" })[0];
      expect(copy?.attributes).toEqual(read?.data.spans[0]?.attributes);
    },
  ],
  [
    79,
    "a span as OTLP has its ids, name, times, status and values",
    () => {
      record();
      startSpan({ name: "s", inputs: { x: [1, "a"] } }).end({ outputs: true });
      const span = takeSpan().finished();
      const request = decodeRequest(encodeRequest([{ resource: {}, spans: [span] }], "native"));
      const [sent] = request.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
      expect([sent?.spanId, sent?.traceId].map((id) => Buffer.from(id ?? []).toString("hex"))).toEqual([span.spanId, span.trace.traceId]); // biome-ignore format: one call
      expect(sent).toMatchObject({ name: "s", status: { code: 1 }, startTimeUnixNano: `${BigInt(span.startUs) * 1000n + BigInt(span.startNs)}` }); // biome-ignore format: one value
      const values = Object.fromEntries(sent?.attributes.map(({ key, value }) => [key, value]) ?? []);
      expect(values["mlflow.spanOutputs"]).toEqual({ boolValue: true });
      expect(values["mlflow.spanInputs"]).toMatchObject({ kvlistValue: { values: [{ key: "x", value: { arrayValue: { values: [{ intValue: "1" }, { stringValue: "a" }] } } }] } }); // biome-ignore format: one value
    },
  ],
  [
    80,
    "a status code is read in both forms",
    async () => {
      recordIntoStore();
      const span = { trace_id: "1".repeat(32), span_id: "2".repeat(16), parent_span_id: null, name: "s", start_time_unix_nano: 1, end_time_unix_nano: 2, attributes: {} }; // biome-ignore format: one object
      for (const code of ["ERROR", "STATUS_CODE_ERROR"]) {
        const id = await addTrace({
          info: { state: "OK" },
          data: { spans: [{ ...span, status: { code, message: "m" } }] },
        });
        expect((await getTrace(id ?? ""))?.searchSpans({ name: "s" })[0]?.status).toEqual({
          statusCode: "ERROR",
          description: "m",
        });
      }
    },
  ],
  [
    83,
    "spans are found by type, name, expression and id",
    async () => {
      recordIntoStore();
      const found = await getTrace(ended("a", () => startSpan({ name: "tool_1", spanType: "TOOL" }).end()));
      const tool = found?.searchSpans({ name: "tool_1" });
      expect(tool?.length).toBe(1);
      expect(found?.searchSpans({ name: /^tool/ })).toEqual(tool);
      expect(found?.searchSpans({ spanType: "TOOL" })).toEqual(tool);
      expect(found?.searchSpans({ spanId: tool?.[0]?.spanId ?? "" })).toEqual(tool);
    },
  ],
  [
    84,
    "a preview that is set wins",
    async () => {
      recordIntoStore();
      const id = ended("a", () => updateCurrentTrace({ requestPreview: "mine", responsePreview: "yours" }));
      expect((await getTrace(id))?.info).toMatchObject({ requestPreview: "mine", responsePreview: "yours" });
    },
  ],
  [
    85,
    "a preview is the last message of the user",
    async () => {
      recordIntoStore();
      const ask = trace((request: object) => request, { name: "ask" });
      ask({
        messages: [
          { role: "user", content: "Hi" },
          { role: "assistant", content: "Ho" },
        ],
      });
      expect((await searchTraces())[0]?.info).toMatchObject({ requestPreview: "Hi", responsePreview: "Ho" });
    },
  ],
  [
    88,
    "many traces are drained by a flush",
    async () => {
      recordIntoStore();
      for (let each = 0; each < 200; each++) ended();
      await flushTraces();
      expect((await searchTraces({ maxResults: 500 })).length).toBe(200);
    },
  ],
  [
    90,
    "a trace's values are known at its end, and its names stay",
    async () => {
      recordIntoStore();
      const id = ended("a", () => [startSpan({ name: "x" }).end(), startSpan({ name: "x" }).end()]);
      const found = await getTrace(id);
      expect(found?.info).toMatchObject({ state: "OK", name: "a" });
      expect(found?.info.executionDuration).toBeGreaterThanOrEqual(0);
      expect(found?.data.spans.map(({ name }) => name)).toEqual(["x", "x", "a"]);
    },
  ],
  [
    94,
    "traces that are sent together are all stored",
    askedOfServer("finds traces of the process's experiment, the newest first, with their spans or without"),
  ],
  [
    95,
    "a trace that came by OTLP is whole",
    askedOfServer("reads a trace as a whole, as the process's own store would give it"),
  ],
  [
    97,
    "feedback is logged, with errors, overridden and deleted",
    async () => {
      recordIntoStore();
      const traceId = ended();
      const first = await logFeedback({ traceId, value: 1 });
      await logFeedback({ traceId, name: "failed", error: new Error("judge") });
      const next = await overrideFeedback({ traceId, assessmentId: first?.assessmentId ?? "", value: 2 });
      expect(first?.source).toEqual({ sourceType: "CODE", sourceId: "default" });
      expect((await getTrace(traceId))?.info.assessments.map(({ valid }) => valid).toSorted()).toEqual([
        false,
        true,
        true,
      ]);
      await deleteAssessment(traceId, next?.assessmentId ?? "");
      expect((await getTrace(traceId))?.info.assessments.length).toBe(2);
      await expect(Reflect.apply(logFeedback, null, [{ traceId }])).rejects.toMatchObject({ code: "SW2130" });
    },
  ],
  [
    98,
    "a running trace is assessed, as a whole and in part, and one that is not recorded is not",
    async () => {
      recordIntoStore();
      const traceId = await withSpan(async (span) => {
        await logExpectation({ traceId: span.traceId, name: "e", value: 1 });
        await logFeedback({ traceId: span.traceId, value: 2, spanId: span.spanId });
        return span.traceId;
      });
      expect((await getTrace(traceId))?.info.assessments.length).toBe(2);
      init({ enabled: false });
      expect(await withSpan((span) => logFeedback({ traceId: span.traceId, value: 1 }))).toBe(undefined);
    },
  ],
  [
    107,
    "a trace's JSON has MLflow's names, whatever its values were",
    async () => {
      recordIntoStore();
      const loop: unknown[] = [];
      loop.push(loop, 1n);
      const found = await getTrace(ended("a", () => startSpan({ name: "s", inputs: loop }).end()));
      const json = JSON.parse(JSON.stringify(found));
      expect(Object.keys(json.data.spans[0])).toEqual(["trace_id", "span_id", "parent_span_id", "name", "start_time_unix_nano", "end_time_unix_nano", "status", "attributes", "events"]); // biome-ignore format: one call
      expect(json.data.spans[0].attributes["mlflow.spanInputs"]).toBe('["[Circular]","1"]');
      expect(json.info).toMatchObject({
        trace_id: found?.info.traceId,
        state: "OK",
        trace_location: { type: "MLFLOW_EXPERIMENT" },
      });
    },
  ],
  [
    110,
    "a preview has a maximum length",
    async () => {
      recordIntoStore();
      const id = withSpan((span) => {
        span.setInputs("x".repeat(2000));
        return span.traceId;
      });
      const preview = (await getTrace(id))?.info.requestPreview ?? "";
      expect([preview.length, preview.endsWith("...")]).toEqual([1000, true]);
    },
  ],
  [
    "X6",
    "a child that ends after its root is seen",
    async () => {
      recordIntoStore();
      let late: ReturnType<typeof startSpan> | undefined;
      const id = ended("root", () => { late = startSpan({ name: "late" }); }); // biome-ignore format: one call
      expect((await getTrace(id))?.data.spans.length).toBe(1);
      late?.end();
      expect((await getTrace(id))?.data.spans.map(({ name }) => name)).toEqual(["root", "late"]);
    },
  ],
  [
    "X8",
    "outputs keep their type in the store",
    async () => {
      recordIntoStore();
      for (const output of [[1, "a"], 5, true, null, "text", { a: [] }]) {
        const span = startSpan({ name: "typed" });
        span.end({ outputs: output });
        expect((await getTrace(span.traceId))?.data.spans[0]?.outputs).toEqual(output);
      }
    },
  ],
  [
    "X10",
    "what is read twice, or merged, counts its tokens once",
    async () => {
      recordIntoStore();
      const id = ended("a", spend);
      for (let time = 0; time < 2; time++)
        expect((await getTrace(id))?.info.traceMetadata["mlflow.trace.tokenUsage"]).toBe(USAGE);
      const read = await getTrace(id);
      const merged = await withSpan(async (span) => (await addTrace(read ?? "")) && span.traceId);
      expect((await getTrace(merged ?? ""))?.info.traceMetadata["mlflow.trace.tokenUsage"]).toBe(USAGE);
    },
  ],
  [
    "X11",
    "tags that are set before or after the spans went out are kept",
    async () => {
      recordIntoStore();
      const id = await withSpan(async (span) => {
        startSpan().end();
        await flushTraces();
        updateCurrentTrace({ tags: { after: "1" } });
        await setTraceTag(span.traceId, "late", "2");
        return span.traceId;
      });
      await setTraceTag(id, "last", "3");
      expect((await getTrace(id))?.info.tags).toMatchObject({ after: "1", late: "2", last: "3" });
    },
  ],
];
