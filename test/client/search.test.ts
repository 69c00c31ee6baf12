import { beforeEach, describe, expect, test } from "vitest";
import {
  deleteTraces,
  deleteTraceTag,
  getTrace,
  init,
  type SpanOptions,
  searchTraces,
  setTraceTag,
  TracingError,
  updateCurrentTrace,
  withSpan,
} from "../../runtime/index.ts";
import { recordIntoStore } from "./recorded-store.ts";

beforeEach(() => void recordIntoStore());

const SECOND = 1_000_000_000n;

/** Traces `a` to `c`, a second apart, and what differs among them. */
function three(): void {
  const traced = (name: string, second: bigint, body: () => void, options: SpanOptions = {}) => {
    const startTimeNs = 1_763_800_000n * SECOND + second * SECOND;
    withSpan(
      (span) => {
        body();
        span.end({ endTimeNs: startTimeNs + second * 10_000_000n });
      },
      { name, startTimeNs, ...options },
    );
  };
  traced("a", 1n, () => {
    const tags = { env: "prod", "key with blanks": "x" };
    updateCurrentTrace({ tags, metadata: { user: "Ada" }, clientRequestId: "r1" });
    withSpan(() => 'Let\'s say "quoted" 100%', { name: "tool", spanType: "TOOL", attributes: { model: "gpt", n: 4 } });
  });
  traced("b", 2n, () => updateCurrentTrace({ tags: { env: "PRODUCTION" }, state: "ERROR" }), { experimentId: "7" });
  traced("c", 3n, () => withSpan(() => {}, { name: "Tool", inputs: "in_put" }));
}

async function found(filterString: string, rest: object = {}): Promise<string> {
  const traces = await searchTraces({ filterString, ...rest });
  return traces.map(({ info }) => info.name).join("");
}

describe("a filter finds", () => {
  test.each([
    ["", "cba"],
    ["name = 'a'", "a"],
    ["trace.name != 'a'", "cb"],
    ["status = 'ERROR'", "b"],
    ["attributes.status = 'OK' AND trace.state IN ('OK')", "ca"],
    ["timestamp_ms >= 1763800002000", "cb"],
    ["timestamp < 1763800002000", "a"],
    ["execution_time_ms > 10 and execution_time < 30", "b"],
    ["tags.env = 'prod'", "a"],
    ["tag.`key with blanks` = 'x'", "a"],
    ['tags."key with blanks" IS NOT NULL', "a"],
    ["tags.env LIKE 'prod%'", "a"],
    ["tags.env ILIKE 'prod%'", "ba"],
    ["tags.env RLIKE '^P.*N$'", "b"],
    ["tags.env IS NULL", "c"],
    ["tags.`mlflow.traceName` = 'c'", "c"],
    ["metadata.user = 'Ada'", "a"],
    ["client_request_id = 'r1'", "a"],
    ["span.name = 'tool'", "a"],
    ["span.name ILIKE 'tool'", "ca"],
    ["span.name IN ('tool', 'Tool')", "ca"],
    ["span.type = 'TOOL' AND span.status = 'OK'", "a"],
    ["span.attributes.model = 'gpt'", "a"],
    ["span.attributes.n = '4'", "a"],
    ["span.attributes.`mlflow.spanInputs` LIKE '%in\u005fput%'", "c"],
    ['trace.text LIKE "%Let\'s%"', "a"],
    ["trace.text LIKE '%say \"quoted\" 100%%'", "a"],
    ["span.content ILIKE '%LET''S%'", "a"],
    ["trace.text LIKE '%[%'", ""],
    ["experiment_id = '7'", "b"],
    ["name = ''' OR 1=1 --'", ""],
  ])("%s", async (filter, names) => {
    three();
    expect(await found(filter)).toBe(names);
  });

  test("in an order, by pages, in experiments, without spans", async () => {
    three();
    expect(await found("", { orderBy: ["execution_time DESC"] })).toBe("acb");
    expect(await found("", { orderBy: ["status ASC", "timestamp_ms ASC"] })).toBe("bac");
    expect(await found("", { orderBy: ["tags.env DESC"] })).toBe("abc");
    expect(await found("", { experimentIds: ["7"] })).toBe("b");
    expect(await found("", { locations: ["0", "7"] })).toBe("cba");
    const first = await searchTraces({ maxResults: 2, includeSpans: false });
    const { token = "" } = first;
    const second = await searchTraces({ maxResults: 2, pageToken: token });
    expect([...first, ...second].map(({ info }) => info.name)).toEqual(["c", "b", "a"]);
    expect([first[0]?.data.spans, second[0]?.data.spans.length, second.token]).toEqual([[], 2, undefined]);
  });
});

test.each([
  ["name", "SW2137", /at 5, the end: =, !=, .* expected/],
  ["name = ", "SW2137", /a string in quotes or a number/],
  ["name = x", "SW2137", /at 8, "x": a string in quotes/],
  ["name = 'x", "SW2137", /at 8, nothing begins with "'"/],
  ["name = 'x' OR name = 'y'", "SW2137", /OR is not part of the language/],
  ["name = 'x' name = 'y'", "SW2137", /AND or the end/],
  ["(name = 'x')", "SW2137", /the name of a field/],
  ["nam = 'x'", "SW2137", /there is no field nam; there are status/],
  ["span.nam = 'x'", "SW2137", /there is no field span.nam/],
  ["constructor = 'x'", "SW2137", /there is no field constructor/],
  ["name > 'x'", "SW2137", /name takes =, !=, LIKE/],
  ["timestamp LIKE '1'", "SW2137", /timestamp takes =/],
  ["timestamp = 'yesterday'", "SW2137", /"yesterday" is no number/],
  ["name RLIKE '('", "SW2137", /Invalid regular expression/],
  ["name NOT LIKE 'x'", "SW2137", /IN was expected/],
  ["name IS 'x'", "SW2137", /NULL was expected/],
  ["name IN 'x'", "SW2137", /\( was expected/],
])("the filter %s is refused", async (filterString, code, message) => {
  const call = searchTraces({ filterString });
  await expect(call).rejects.toThrow(TracingError);
  await expect(call).rejects.toMatchObject({
    code,
    errorCode: "INVALID_PARAMETER_VALUE",
    message: expect.stringMatching(message),
  });
});

test.each([
  [{ maxResults: 0 }],
  [{ pageToken: "x" }],
  [{ orderBy: ["span.name"] }, "SW2137"],
  [{ orderBy: ["name UP"] }, "SW2137"],
  [{ experimentIds: [1] }],
  [null],
])("%j is refused", async (options, code = "SW2130") => {
  await expect(Reflect.apply(searchTraces, null, [options])).rejects.toMatchObject({ code });
});

describe("a trace", () => {
  test("is read whole, by its id with and without MLflow's letters", async () => {
    let ids: string[] = [];
    const call = () =>
      withSpan(
        (outer) => {
          updateCurrentTrace({ sessionId: "s", user: "u" });
          return withSpan(
            (inner) => {
              ids = [outer.traceId, outer.spanId, inner.spanId];
              inner.addEvent({ name: "e", attributes: { a: 1 } });
              inner.addLink({ context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 } });
              throw new TypeError("mine");
            },
            { name: "inner", spanType: "TOOL" },
          );
        },
        { name: "outer", inputs: { messages: [{ role: "user", content: "Hi" }] } },
      );
    expect(call).toThrow("mine");
    const [traceId = "", outerId, innerId] = ids;
    const trace = await getTrace(`tr-${traceId}`);
    expect(trace?.info).toMatchObject({
      traceId,
      name: "outer",
      state: "ERROR",
      experimentId: "0",
      requestPreview: "Hi",
      traceMetadata: { "mlflow.trace.session": "s", "mlflow.trace.user": "u" },
      assessments: [],
    });
    const [inner, outer] = trace?.data.spans ?? [];
    expect([outer?.spanId, outer?.parentId, inner?.spanId, inner?.parentId]).toEqual([
      outerId,
      undefined,
      innerId,
      outerId,
    ]);
    expect(inner?.status).toEqual({ statusCode: "ERROR", description: "TypeError: mine" });
    expect(inner?.events.map(({ name }) => name)).toEqual(["e", "exception"]);
    expect(inner?.links).toEqual([{ traceId: "1".repeat(32), spanId: "2".repeat(16) }]);
    expect(outer?.getAttribute("mlflow.spanInputs")).toEqual({ messages: [{ role: "user", content: "Hi" }] });
    expect(trace?.searchSpans({ spanType: "TOOL", name: /^in/ })).toEqual([inner]);
  });

  test("is tagged and untagged after its end", async () => {
    const traceId = withSpan(({ traceId }) => traceId);
    await setTraceTag(`tr-${traceId}`, "fruit", "apple");
    await setTraceTag(traceId, "fruit", "pear");
    expect((await getTrace(traceId))?.info.tags).toEqual({ "mlflow.traceName": "span", fruit: "pear" });
    await deleteTraceTag(traceId, "fruit");
    expect((await getTrace(traceId))?.info.tags).toEqual({ "mlflow.traceName": "span" });
    await expect(deleteTraceTag(traceId, "fruit")).rejects.toMatchObject({ code: "SW2141" });
    await expect(setTraceTag("f".repeat(32), "a", "b")).rejects.toMatchObject({ code: "SW2131", errorCode: "RESOURCE_DOES_NOT_EXIST" }); // biome-ignore format: one call
    await expect(setTraceTag(traceId, "mlflow.user", "b")).rejects.toMatchObject({ code: "SW2140" });
  });

  test("is tagged and untagged while it runs", async () => {
    const traceId = await withSpan(async ({ traceId }) => {
      await setTraceTag(traceId, "a", "1");
      await setTraceTag(traceId, "b", "2");
      await deleteTraceTag(traceId, "a");
      return traceId;
    });
    expect((await getTrace(traceId))?.info.tags).toMatchObject({ b: "2" });
    expect((await getTrace(traceId))?.info.tags).not.toHaveProperty("a");
  });

  test("that there is none of is null", async () => {
    expect([await getTrace("f".repeat(32)), await getTrace("nonsense", { silent: true })]).toEqual([null, null]);
  });
});

test("traces are deleted by id, by time and by number, with their spans", async () => {
  three();
  const [c, b, a] = await searchTraces();
  expect(await deleteTraces({ maxTimestampMillis: 1_763_800_002_000, maxTraces: 1 })).toBe(1);
  expect(await getTrace(a?.info.traceId ?? "")).toBe(null);
  expect(await deleteTraces({ traceIds: [b?.info.traceId ?? "", "0".repeat(32)], experimentId: "7" })).toBe(1);
  expect((await searchTraces()).map(({ info }) => info.traceId)).toEqual([c?.info.traceId]);
  await expect(Reflect.apply(deleteTraces, null, [{}])).rejects.toMatchObject({ code: "SW2130" });
});

test("without a store, nothing can be read", async () => {
  init({ store: false, enabled: true });
  await expect(searchTraces()).rejects.toMatchObject({ code: "SW2139" });
});
