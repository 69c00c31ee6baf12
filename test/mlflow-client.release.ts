import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import {
  addTrace,
  Client,
  deleteAssessment,
  deleteTraces,
  deleteTraceTag,
  flushTraces,
  getAssessment,
  getLastActiveTraceId,
  getTrace,
  type InitOptions,
  init,
  logExpectation,
  logFeedback,
  overrideFeedback,
  type Span,
  searchTraces,
  setTraceTag,
  shutdown,
  startSpan,
  TracingError,
  updateCurrentTrace,
  withSpan,
} from "../runtime/index.ts";
import { behavesAsThere } from "./client/mlflow-program.ts";
import { VALUES } from "./delivery/values.ts";
import { type MlflowServer, startMlflow } from "./mlflow-server.ts";
import { workFolder } from "./programs.ts";

/** The calls that read and change traces, with a real MLflow server in the store's place. */
const folder = workFolder("mlflow-client");
let server: MlflowServer;
let experiments = 0;

beforeAll(async () => {
  server = await startMlflow(folder);
  // The first trace and the first experiment of a new server take longer than a call waits for what is sent.
  configure();
  const first = make("first");
  const isThere = async () => expect((await getTrace(first, { silent: true }))?.info.name).toBe("first");
  await vi.waitFor(isThere, { timeout: 120_000, interval: 500 });
}, 900_000);

afterAll(async () => {
  await shutdown();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** An experiment for each test, which is created as its first trace is sent. */
beforeEach(() => {
  experiments += 1;
  configure();
});

function configure(more: InitOptions = {}): void {
  init({ store: false, mlflow: { trackingUri: server.uri, experimentName: `client ${experiments}` }, ...more });
}

/** Makes a trace, ten milliseconds after the one before on the server's clock, and returns its id. */
function make(name: string, work: () => unknown = () => {}): string {
  clock += 10_000_000n;
  withSpan(work, { name, inputs: { name }, startTimeNs: clock });
  return getLastActiveTraceId() ?? "";
}

let clock = BigInt(Date.now() - 3_600_000) * 1_000_000n + 456_789n;

const UNKNOWN = "0af7651916cd43dd8448eb211c80319c";

describe("getTrace", () => {
  test("reads a trace as a whole, as the process's own store would give it", async () => {
    const work = () => {
      updateCurrentTrace({
        tags: { fruit: "apple" },
        metadata: { who: "me" },
        clientRequestId: "r-1",
        sessionId: "s-1",
      });
      withSpan((span) => {
        span.addEvent({ name: "step", attributes: { n: 1 } });
        span.setAttributes({ text: "t", number: 1.5, list: ["a", "b"], tree: { a: [1, null] } });
        span.setAttribute("mlflow.chat.tokenUsage", { input_tokens: 1, output_tokens: 2, total_tokens: 3 });
      }, { name: "child", spanType: "TOOL" }); // biome-ignore format: one call
      expect(() => withSpan(() => { throw new RangeError("no"); }, { name: "failing" })).toThrow("no"); // biome-ignore format: one call
      return { done: true };
    };
    const fromServer = await getTrace(make("whole", work));
    configure({ store: join(folder, "one.db"), mlflow: false });
    const fromStore = await getTrace(make("whole", work));

    const { tags, traceMetadata, ...info } = fromServer?.info ?? {};
    const { tags: storedTags, traceMetadata: storedMetadata, ...storedInfo } = fromStore?.info ?? {};
    const own = { traceId: expect.any(String), experimentId: expect.any(String), requestTime: expect.any(Number), executionDuration: expect.any(Number) }; // biome-ignore format: one value
    expect(info).toEqual({ ...storedInfo, ...own });
    expect(tags).toMatchObject(storedTags ?? {});
    const usage = "mlflow.trace.tokenUsage";
    expect({ ...traceMetadata, [usage]: JSON.parse(traceMetadata?.[usage] ?? "0") }).toMatchObject({ ...storedMetadata, [usage]: JSON.parse(storedMetadata?.[usage] ?? "1") }); // biome-ignore format: one value
    const parts = (trace: typeof fromServer) => trace?.data.spans.map(({ name, spanType, status, inputs, outputs, attributes, events }) => ({ name, spanType, status, inputs, outputs, attributes, events: events.map((event) => event.name) })); // biome-ignore format: one list
    expect(parts(fromServer)).toEqual(parts(fromStore));
    const [child, , root] = fromServer?.data.spans ?? [];
    expect([child?.parentId, root?.parentId]).toEqual([root?.spanId, undefined]);
    expect(child?.events[0]?.attributes).toEqual({ n: 1 });
  });

  test("gives every kind of value back", async () => {
    const trace = await getTrace(make("values", () => {
      for (const value of VALUES) withSpan(() => value, { name: "value" });
    })); // biome-ignore format: one nest
    // The server takes a text that is the JSON of an object for that object.
    const expected = VALUES.map((value) => (value === '{"x":1}' ? { x: 1 } : value));
    expect(trace?.searchSpans({ name: "value" }).map(({ outputs }) => outputs)).toEqual(expected);
  });

  test("keeps the spans in the server's store, and uploads nothing beside them", async () => {
    const { tags } = (await getTrace(make("stored")))?.info ?? {};
    expect(tags?.["mlflow.trace.spansLocation"]).toBe("TRACKING_STORE");
    expect(existsSync(tags?.["mlflow.artifactLocation"] ?? "")).toBe(false);
  });

  test("keeps times to the nanosecond", async () => {
    const trace = await getTrace(make("timed"));
    expect(trace?.data.spans[0]?.startTimeNs).toBe(clock);
  });

  test("finds no unknown trace", async () => {
    expect(await getTrace(UNKNOWN, { silent: true })).toBe(null);
  });

  test("reads the spans that have ended of a trace that runs", async () => {
    const root = startSpan({ name: "root" });
    withSpan(() => {}, { name: "child", parent: root });
    const trace = await getTrace(root.traceId);
    expect([trace?.info.state, trace?.data.spans.map(({ name }) => name)]).toEqual(["IN_PROGRESS", ["child"]]);
    root.end();
  });
});

describe("searchTraces", () => {
  test("finds traces of the process's experiment, the newest first, with their spans or without", async () => {
    const ids = ["a", "b", "c"].map((name) => make(name));
    const found = await searchTraces();
    expect(found.map(({ info }) => info.traceId)).toEqual(ids.toReversed());
    expect(found.map(({ data }) => data.spans.map(({ name }) => name))).toEqual([["c"], ["b"], ["a"]]);
    expect((await searchTraces({ includeSpans: false })).map(({ data }) => data.spans)).toEqual([[], [], []]);
  });

  test("filters by name, status and tags", async () => {
    make("fine", () => updateCurrentTrace({ tags: { env: "prod" } }));
    expect(() => make("failed", () => { throw new Error("x"); })).toThrow("x"); // biome-ignore format: one call
    const names = async (filterString: string) => (await searchTraces({ filterString })).map(({ info }) => info.name);
    expect(await names("span.name = 'fine'")).toEqual(["fine"]);
    expect(await names("status = 'ERROR'")).toEqual(["failed"]);
    expect(await names("tags.env LIKE 'pro%'")).toEqual(["fine"]);
    expect(await names("trace.text LIKE '%failed%'")).toEqual(["failed"]);
  });

  test("leads from page to page, and orders as it is asked to", async () => {
    for (const name of ["a", "b", "c"]) make(name);
    const first = await searchTraces({ maxResults: 2, orderBy: ["timestamp_ms ASC"] });
    const second = await searchTraces({ maxResults: 2, orderBy: ["timestamp_ms ASC"], pageToken: first.token ?? "" });
    expect([first, second].map((page) => page.map(({ info }) => info.name))).toEqual([["a", "b"], ["c"]]);
    expect(second.token).toBe(undefined);
  });

  test("finds nothing in an experiment that is not there yet", async () => {
    expect(await searchTraces()).toHaveLength(0);
  });

  test.each([{ filterString: "nonsense here" }, { orderBy: ["nonsense DESC"] }])(
    "rejects %j as the store does",
    async (options) => {
      make("one");
      await expect(searchTraces(options)).rejects.toMatchObject({
        code: "SW2137",
        errorCode: "INVALID_PARAMETER_VALUE",
      });
    },
  );
});

describe("tags", () => {
  test("are set and deleted", async () => {
    const traceId = make("tagged");
    await setTraceTag(traceId, "fruit", "pear");
    expect((await getTrace(traceId))?.info.tags.fruit).toBe("pear");
    await deleteTraceTag(traceId, "fruit");
    expect((await getTrace(traceId))?.info.tags.fruit).toBe(undefined);
  });

  test("of unknown traces, and tags that are not there, are typed errors", async () => {
    await expect(setTraceTag(UNKNOWN, "a", "b")).rejects.toMatchObject({ code: "SW2131" });
    await expect(deleteTraceTag(UNKNOWN, "a")).rejects.toMatchObject({ code: "SW2131" });
    await expect(deleteTraceTag(make("plain"), "a")).rejects.toMatchObject({ code: "SW2141" });
  });
});

describe("assessments", () => {
  test("are kept with the trace, with every kind of value", async () => {
    const traceId = make("assessed");
    const spanId = (await getTrace(traceId))?.data.spans[0]?.spanId ?? "";
    const feedback = await logFeedback({ traceId, spanId, name: "good", value: true, rationale: "short", metadata: { a: "b" } }); // biome-ignore format: one call
    await logFeedback({ traceId, name: "scores", value: { x: [1, "y", null] } });
    await logFeedback({ traceId, name: "failed", error: { errorCode: "LATE", errorMessage: "too late" } });
    await logExpectation({ traceId, name: "answer", value: { n: 42 } });
    expect(feedback).toMatchObject({ traceId, spanId, kind: "feedback", name: "good", value: true, rationale: "short", metadata: { a: "b" }, source: { sourceType: "CODE", sourceId: "default" }, valid: true }); // biome-ignore format: one value
    const { assessments = [] } = (await getTrace(traceId))?.info ?? {};
    expect(assessments.map(({ kind, name, value, error }) => [kind, name, value, error?.errorMessage]).sort()).toEqual([
      ["expectation", "answer", { n: 42 }, undefined],
      ["feedback", "failed", undefined, "too late"],
      ["feedback", "good", true, undefined],
      ["feedback", "scores", { x: [1, "y", null] }, undefined],
    ]);
    expect((await searchTraces())[0]?.info.assessments).toHaveLength(4);
  });

  test("are overridden, and restored as what took their place is deleted", async () => {
    const traceId = make("overridden");
    const old = await logFeedback({ traceId, name: "good", value: 1 });
    const now = await overrideFeedback({ traceId, assessmentId: old?.assessmentId ?? "", value: 2 });
    expect((await getAssessment(traceId, old?.assessmentId ?? "")).valid).toBe(false);
    expect(now).toMatchObject({ value: 2, overrides: old?.assessmentId });
    await deleteAssessment(traceId, now?.assessmentId ?? "");
    expect((await getAssessment(traceId, old?.assessmentId ?? "")).valid).toBe(true);
  });

  test.each([
    ["from memory", () => ({ store: false as const })],
    ["from the store", () => ({ store: join(folder, "assessed.db") })],
  ])("of a trace that runs come with it as it is sent %s", async (_, place) => {
    configure(place());
    const root = startSpan({ name: "root" });
    const feedback = await logFeedback({ traceId: root.traceId, name: "early", value: true, rationale: "seen" });
    await logExpectation({ traceId: root.traceId, name: "answer", value: { n: 42 } });
    root.end();
    const { assessments = [] } = (await getTrace(root.traceId))?.info ?? {};
    expect(assessments.find(({ kind }) => kind === "feedback")).toEqual(feedback);
    expect(assessments.find(({ kind }) => kind === "expectation")).toMatchObject({ name: "answer", value: { n: 42 } });
    await expect(logFeedback({ traceId: root.traceId, value: 1 })).resolves.toMatchObject({ valid: true });
  });

  test("of unknown traces, and those that are not there, are typed errors", async () => {
    await expect(logFeedback({ traceId: UNKNOWN, value: 1 })).rejects.toMatchObject({ code: "SW2131" });
    await expect(getAssessment(make("none"), "a-1")).rejects.toMatchObject({ code: "SW2138" });
    await expect(deleteAssessment(make("none"), "a-1")).rejects.toMatchObject({ code: "SW2138" });
  });
});

describe("deleteTraces", () => {
  test("deletes by ids, of whatever experiment, and counts", async () => {
    const ids = [make("a"), make("b")];
    const kept = make("c");
    expect(await deleteTraces({ traceIds: [...ids, UNKNOWN] })).toBe(2);
    expect((await searchTraces()).map(({ info }) => info.traceId)).toEqual([kept]);
  });

  test("deletes up to a time", async () => {
    make("old");
    expect(await deleteTraces({ maxTimestampMillis: Date.now() + 1000 })).toBe(1);
    expect(await searchTraces()).toHaveLength(0);
  });
});

test("a trace that was read from the server can be merged into another one", async () => {
  const remote = await getTrace(make("remote", () => void withSpan(() => 1, { name: "child" })));
  if (remote === null) throw new Error("not found");
  const merged = await addTrace(remote);
  expect((await getTrace(merged ?? ""))?.data.spans.map(({ name }) => name).sort()).toEqual(["Remote Trace remote", "child", "remote"]); // biome-ignore format: one call
});

describe("a client with a server of its own", () => {
  test("reads and changes the traces there, wherever this process's go", async () => {
    const traceId = make("there");
    await getTrace(traceId);
    configure({ store: join(folder, "two.db"), mlflow: false });
    const client = new Client({ trackingUri: server.uri });
    await client.setTraceTag(traceId, "fruit", "plum");
    await client.logFeedback({ traceId, value: "fine" });
    expect((await client.getTraceInfo(traceId))?.tags.fruit).toBe("plum");
    expect(await getTrace(traceId, { silent: true })).toBe(null);
    const { experimentId = "" } = (await client.getTraceInfo(traceId)) ?? {};
    expect((await client.searchTraces({ locations: [experimentId] })).map(({ info }) => info.name)).toEqual(["there"]);
    expect(await client.deleteTraces({ traceIds: [traceId] })).toBe(1);
  });

  test("says so when the server does not answer, or when the address is none", async () => {
    const away = new Client({ trackingUri: "http://127.0.0.1:9" });
    await expect(away.getTrace(UNKNOWN)).rejects.toThrow(TracingError);
    await expect(away.getTrace(UNKNOWN)).rejects.toMatchObject({
      code: "SW2143",
      errorCode: "TEMPORARILY_UNAVAILABLE",
    });
    await expect(new Client({ trackingUri: "sqlite:///mlflow.db" }).searchTraces()).rejects.toMatchObject({
      code: "SW2130",
    });
  });
});

describe("MLFLOW_TRACKING_URI", () => {
  afterEach(() => void vi.unstubAllEnvs());

  test("names the server that is read", async () => {
    vi.stubEnv("MLFLOW_TRACKING_URI", server.uri);
    vi.stubEnv("MLFLOW_EXPERIMENT_NAME", "from the environment");
    init({ store: join(folder, "three.db") });
    expect((await getTrace(make("sent")))?.info.tags["mlflow.artifactLocation"]).toEqual(expect.any(String));
  });
});

/** By their numbers in the list of test/conformance. */
describe("what MLflow's own clients lack or fail at", () => {
  test("X6: a child that ends after its root is seen", async () => {
    let late: Span | undefined;
    const traceId = make("root", () => {
      late = startSpan({ name: "late" });
    });
    expect((await getTrace(traceId))?.data.spans.map(({ name }) => name)).toEqual(["root"]);
    late?.end();
    expect((await getTrace(traceId))?.data.spans.map(({ name }) => name).sort()).toEqual(["late", "root"]);
  });

  test("X10: what is read twice, or merged, counts its tokens once", async () => {
    const tokens = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };
    const spends = { attributes: { "mlflow.chat.tokenUsage": tokens } };
    const traceId = make("tokens", () => withSpan(() => withSpan(() => {}, spends), spends));
    const counted = async (id: string) => JSON.parse((await getTrace(id))?.info.traceMetadata["mlflow.trace.tokenUsage"] ?? "{}"); // biome-ignore format: one call
    expect([await counted(traceId), await counted(traceId)]).toEqual([tokens, tokens]);
    expect(await counted((await addTrace((await getTrace(traceId)) ?? "")) ?? "")).toEqual(tokens);
  });

  test("X11: tags that are set before or after the spans went out are kept, of a trace that runs too", async () => {
    const root = startSpan({ name: "root" });
    const { traceId } = root;
    startSpan({ name: "child", parent: root }).end();
    await flushTraces();
    await setTraceTag(traceId, "running", "1");
    await logFeedback({ traceId, name: "early", value: 1 });
    root.end();
    await setTraceTag(traceId, "ended", "2");
    const trace = await getTrace(traceId);
    expect(trace?.info.tags).toMatchObject({ running: "1", ended: "2", "mlflow.traceName": "root" });
    expect([trace?.info.state, trace?.info.assessments.length]).toEqual(["OK", 1]);
  });
});

test("a program written against MLflow's SDK behaves with the server as there", async () => {
  await getTrace(make("first"));
  const experimentId = (await searchTraces())[0]?.info.experimentId ?? "";
  await behavesAsThere(experimentId, server.uri);
});
