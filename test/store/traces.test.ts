import { join } from "node:path";
import { expect, test } from "vitest";
import type { FinishedSpan, TraceInfo } from "../../runtime/delivery/destination.ts";
import { openReader, type StoredTrace, type StoreReader } from "../../runtime/delivery/reader.ts";
import { openStore } from "../../runtime/delivery/store.ts";
import { newFolder } from "./folder.ts";
import { finishedSpan, START_US, traceInfo } from "./spans.ts";

const traceId = traceInfo().traceId;

/** Writes batches, and takes an update in for each trace given instead of a batch. */
function reading<T>(steps: readonly (readonly FinishedSpan[] | TraceInfo)[], read: (reader: StoreReader) => T): T {
  const path = join(newFolder(), "traces.db");
  const store = openStore(path);
  for (const step of steps) {
    if ("traceId" in step) store.update(step);
    else store.write(step);
  }
  const reader = openReader(path);
  try {
    return read(reader);
  } finally {
    reader.close();
    store.close();
  }
}

function traceAfter(...steps: (readonly FinishedSpan[] | TraceInfo)[]): StoredTrace | undefined {
  return reading(steps, (reader) => reader.trace(traceId)?.trace);
}

const child = (known: Partial<FinishedSpan> = {}) =>
  finishedSpan({ spanId: "2".repeat(16), parentId: "1".repeat(16), name: "child", ...known });
const root = (known: Partial<FinishedSpan> = {}) => finishedSpan({ name: "root", ...known });

test("a trace sums its spans over all batches", () => {
  const early = child({ startUs: START_US - 50, durationNs: 1000 });
  const late = child({ startUs: START_US, startNs: 900, durationNs: 90_100, status: "ERROR" });
  expect(traceAfter([early], [late, root({ durationNs: 5000 })])).toMatchObject({
    traceId,
    name: "root",
    startUs: START_US - 50,
    endUs: START_US + 91,
    spans: 3,
    errors: 1,
  });
});

test("the spans of a trace come in the order they were written, and no others do", () => {
  const other = finishedSpan({ trace: traceInfo({ traceId: "b".repeat(32) }), name: "other" });
  const spans = reading([[child(), other], [root()]], (reader) => reader.trace(traceId)?.spans);
  expect(spans?.map(({ name }) => name)).toEqual(["child", "root"]);
});

test("a trace has no name and is in progress until its root is written", () => {
  expect(traceAfter([child({ status: "ERROR" })])).toMatchObject({ name: undefined, state: "IN_PROGRESS" });
});

const said = (state: "OK" | "ERROR") => traceInfo({ state });

test.for<[what: string, steps: (FinishedSpan[] | TraceInfo)[], state: string]>([
  ["OK with a root that succeeded", [[root({ status: "OK" })]], "OK"],
  ["OK with a root whose status is unset", [[root()]], "OK"],
  ["ERROR with a root that failed", [[root({ status: "ERROR" })]], "ERROR"],
  ["OK when only a child failed", [[child({ status: "ERROR" })], [root()]], "OK"],
  ["what its root says, also when a child is written later", [[root({ status: "ERROR" })], [child()]], "ERROR"],
  ["what the program said, not its root", [[root({ status: "ERROR", trace: said("OK") })]], "OK"],
  ["what the program said before the root", [[child({ trace: said("ERROR") })], [root()]], "ERROR"],
  ["what the program said after the root", [[root()], said("ERROR")], "ERROR"],
])("a trace's state is %s", ([, steps, state]) => {
  expect(traceAfter(...steps)?.state).toBe(state);
});

test("what the program said of a trace comes back", () => {
  const known = {
    tags: { "user.id": "7", "": "empty" },
    metadata: { "mlflow.trace.session": "s1" },
    clientRequestId: "request-1",
    requestPreview: "a question",
    responsePreview: "an answer",
  };
  expect(traceAfter([root({ trace: traceInfo(known) })])).toMatchObject(known);
});

test("of a trace nobody said anything about, tags and metadata are empty and the rest is undefined", () => {
  expect(traceAfter([root()])).toMatchObject({
    tags: {},
    metadata: {},
    clientRequestId: undefined,
    requestPreview: undefined,
    responsePreview: undefined,
  });
});

test("the last span of a batch knows its trace best", () => {
  const before = child({ trace: traceInfo({ tags: { step: "1" } }) });
  expect(traceAfter([before, root({ trace: traceInfo({ tags: { step: "2" } }) })])?.tags).toEqual({ step: "2" });
});

test("tags and metadata of several processes are merged, the later value stays", () => {
  const here = traceInfo({ tags: { a: "1", b: "1" }, metadata: { m: "1" } });
  const there = traceInfo({ tags: { b: "2", c: "2" }, metadata: { n: "2" } });
  expect(traceAfter([root({ trace: here })], [child({ trace: there })], [child()])).toMatchObject({
    tags: { a: "1", b: "2", c: "2" },
    metadata: { m: "1", n: "2" },
  });
});

test("an update after the last span is taken in", () => {
  const update = traceInfo({ tags: { late: "yes" }, clientRequestId: "r2", responsePreview: "shown" });
  expect(traceAfter([root({ outputs: '"raw"' })], update)).toMatchObject({
    tags: { late: "yes" },
    clientRequestId: "r2",
    responsePreview: "shown",
  });
});

test("an update of a trace without spans adds no trace", () => {
  expect(reading([traceInfo({ tags: { a: "1" } })], (reader) => reader.traces({ limit: 10 }))).toEqual([]);
});

const answered = root({ inputs: '{"q":1}', outputs: '"a"' });
const preview = traceInfo({ requestPreview: "Q", responsePreview: "A" });

test.for<
  [what: string, steps: (FinishedSpan[] | TraceInfo)[], request: string | undefined, response: string | undefined]
>([
  ["its root's inputs and outputs", [[child({ inputs: "1", outputs: "2" }), answered]], '{"q":1}', '"a"'],
  ["what the program said", [[{ ...answered, trace: preview }]], "Q", "A"],
  ["what the program said before the root", [[child({ trace: preview })], [answered]], "Q", "A"],
  ["what the program said after the root", [[answered], preview], "Q", "A"],
  ["nothing before the root is written", [[child({ inputs: "1", outputs: "2" })]], undefined, undefined],
])("a trace's previews are %s", ([, steps, requestPreview, responsePreview]) => {
  expect(traceAfter(...steps)).toMatchObject({ requestPreview, responsePreview });
});

test("a preview taken from the root is cut to 1000 characters, never inside one", () => {
  const trace = traceAfter([root({ inputs: "x".repeat(1001), outputs: `${"x".repeat(996)}🧵${"x".repeat(10)}` })]);
  expect(trace?.requestPreview).toBe(`${"x".repeat(997)}...`);
  expect(trace?.responsePreview).toBe(`${"x".repeat(996)}...`);
});

const traceOf = (id: string, startUs: number) =>
  finishedSpan({ trace: traceInfo({ traceId: id.padEnd(32, "0") }), name: id, startUs });
const three = [traceOf("ab1", START_US + 1), traceOf("ab2", START_US + 3), traceOf("c3", START_US + 2)];

test.for<[what: string, query: { limit: number; prefix?: string }, names: string[]]>([
  ["newest first", { limit: 10 }, ["ab2", "c3", "ab1"]],
  ["so many as asked for", { limit: 2 }, ["ab2", "c3"]],
  ["those whose id begins as asked for", { limit: 10, prefix: "ab" }, ["ab2", "ab1"]],
  ["none when no id begins so", { limit: 10, prefix: "f" }, []],
])("traces are listed: %s", ([, query, names]) => {
  const listed = reading([three], (reader) => reader.traces(query));
  expect(listed.map(({ name }) => name)).toEqual(names);
});

test.for<[id: string, name: string | undefined]>([
  ["c3".padEnd(32, "0"), "c3"],
  ["c", "c3"],
  ["ab", undefined],
  ["f", undefined],
])("trace %s is looked up by its whole id or a beginning that is its alone", ([id, name]) => {
  expect(reading([three], (reader) => reader.trace(id)?.trace.name)).toBe(name);
});

test("a row without a span has no body", () => {
  expect(reading([three], (reader) => reader.body(99))).toBeUndefined();
});
