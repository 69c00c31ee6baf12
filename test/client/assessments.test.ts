import { beforeEach, describe, expect, test } from "vitest";
import {
  deleteAssessment,
  getAssessment,
  getTrace,
  init,
  logExpectation,
  logFeedback,
  overrideFeedback,
  searchTraces,
  withSpan,
} from "../../runtime/index.ts";
import { recordIntoStore } from "./recorded-store.ts";

let traceId = "";
let spanId = "";
beforeEach(() => {
  recordIntoStore();
  withSpan((span) => {
    ({ traceId, spanId } = span);
  });
});

const assessments = async () => (await getTrace(traceId))?.info.assessments;

test("feedback is kept with its trace, and a source of its own by default", async () => {
  const feedback = await logFeedback({ traceId, value: true, rationale: "because", metadata: { k: "v" }, spanId });
  expect(feedback).toMatchObject({
    assessmentId: expect.stringMatching(/^a-[0-9a-f]{32}$/),
    traceId,
    spanId,
    name: "feedback",
    kind: "feedback",
    value: true,
    rationale: "because",
    metadata: { k: "v" },
    source: { sourceType: "CODE", sourceId: "default" },
    valid: true,
  });
  expect(await assessments()).toEqual([feedback]);
  expect(await getAssessment(traceId, feedback?.assessmentId ?? "")).toEqual(feedback);
});

test.each([[0], ["text"], [null], [[1, "a"]], [{ a: { b: 1 } }], [1.5]])(
  "the value %j stays what it is",
  async (value) => {
    await logExpectation({ traceId, name: "e", value, source: { sourceType: "LLM_JUDGE", sourceId: "gpt" } });
    expect(await assessments()).toMatchObject([
      { kind: "expectation", value, source: { sourceType: "LLM_JUDGE", sourceId: "gpt" } },
    ]);
  },
);

test("an error stands for feedback that could not be given", async () => {
  await logFeedback({ traceId, error: new TypeError("no judge") });
  await logFeedback({ traceId, error: { errorCode: "RATE_LIMIT", errorMessage: "slow down" } });
  expect(await assessments()).toMatchObject([
    { value: undefined, error: { errorCode: "TypeError", errorMessage: "no judge", stackTrace: expect.any(String) } },
    { value: undefined, error: { errorCode: "RATE_LIMIT", errorMessage: "slow down" } },
  ]);
});

test("newer feedback overrides older, and gives its place back when it is deleted", async () => {
  const old = await logFeedback({ traceId, name: "f", value: 1 });
  const next = await overrideFeedback({ traceId, assessmentId: old?.assessmentId ?? "", value: 2 });
  const byValue = async () => (await assessments())?.toSorted((a, b) => Number(a.value) - Number(b.value));
  expect(await byValue()).toMatchObject([
    { value: 1, valid: false },
    { value: 2, valid: true, name: "f", overrides: old?.assessmentId },
  ]);
  expect((await searchTraces({ filterString: "feedback.f = '1'" })).length).toBe(0);
  expect((await searchTraces({ filterString: "feedback.f = '2'" })).length).toBe(1);
  await deleteAssessment(traceId, next?.assessmentId ?? "");
  expect(await assessments()).toMatchObject([{ value: 1, valid: true }]);
});

test("a running trace is assessed too", async () => {
  const running = await withSpan(async (span) => {
    await logFeedback({ traceId: span.traceId, name: "inside", value: "yes", spanId: span.spanId });
    return span.traceId;
  });
  expect((await getTrace(running))?.info.assessments).toMatchObject([{ name: "inside", value: "yes" }]);
});

test("a trace that is not recorded has nothing to assess", async () => {
  const off = withSpan((span) => span.traceId);
  init({ enabled: false });
  const none = withSpan((span) => span.traceId);
  expect([off === none, await logFeedback({ traceId: none, value: 1 })]).toEqual([false, undefined]);
});

describe("refuses", () => {
  const loop: Record<string, unknown> = {};
  loop.loop = loop;
  test.each<[string, (id: string) => unknown, string]>([
    ["a trace there is none of", () => ({ traceId: "f".repeat(32), value: 1 }), "SW2131"],
    ["neither value nor error", (id) => ({ traceId: id }), "SW2130"],
    ["a value that is no JSON", (id) => ({ traceId: id, value: 1n }), "SW2130"],
    ["a cycle", (id) => ({ traceId: id, value: loop }), "SW2130"],
    ["a source of no type", (id) => ({ traceId: id, value: 1, source: { sourceType: "DOG" } }), "SW2130"],
    ["a name that is none", (id) => ({ traceId: id, value: 1, name: 5 }), "SW2130"],
    ["a span that is none", (id) => ({ traceId: id, value: 1, spanId: "x" }), "SW2132"],
    ["nothing", () => undefined, "SW2130"],
  ])("%s", async (_, options, code) => {
    await expect(Reflect.apply(logFeedback, null, [options(traceId)])).rejects.toMatchObject({ code });
  });

  test("an assessment there is none of", async () => {
    await expect(getAssessment(traceId, "a-1")).rejects.toMatchObject({ code: "SW2138" });
    await expect(deleteAssessment(traceId, "a-1")).rejects.toMatchObject({ code: "SW2138" });
    await expect(logExpectation({ traceId, name: "", value: 1 })).rejects.toMatchObject({ code: "SW2130" });
  });
});
