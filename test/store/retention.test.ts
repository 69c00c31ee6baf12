import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Destination } from "../../runtime/delivery/destination.ts";
import { openReader } from "../../runtime/delivery/reader.ts";
import type { RetentionOptions } from "../../runtime/delivery/retention.ts";
import type { Addressee } from "../../runtime/delivery/rows.ts";
import { openStore } from "../../runtime/delivery/store.ts";
import { openStoreOutbox } from "../../runtime/delivery/store-outbox.ts";
import { newFolder } from "./folder.ts";
import { finishedSpan, traceInfo } from "./spans.ts";

const TARGET = { key: "otlp http://localhost:4318/v1/traces", takesChanges: false };

const newPath = () => join(newFolder(), "traces.db");

function openLimited(path: string, retention: RetentionOptions, targets: Addressee[] = []): Destination {
  const store = openStore(path, { resource: undefined, targets, retention });
  onTestFinished(() => store.close());
  return store;
}

const id = (number: number) => number.toString(16).padStart(32, "0");
const spanOf = (trace: number) => finishedSpan({ trace: traceInfo({ traceId: id(trace) }) });
/** A span of each of so many traces, the first one with this number. */
const traces = (first: number, count: number) => Array.from({ length: count }, (_, at) => spanOf(first + at));

/** The numbers of the traces in a store. */
function kept(path: string): number[] {
  const db = new DatabaseSync(path, { readOnly: true });
  onTestFinished(() => db.close());
  const numbers = db.prepare("SELECT trace_id FROM trace ORDER BY trace_id").all();
  return numbers.map(({ trace_id }) => Number.parseInt(String(trace_id), 16));
}

function spansIn(path: string): number {
  const reader = openReader(path);
  onTestFinished(() => reader.close());
  return reader.stats().spans;
}

test("of more traces than are to be kept the oldest go, however many a write adds", () => {
  const path = newPath();
  openLimited(path, { traces: 3 }).write(traces(1, 64));
  expect(kept(path)).toEqual([62, 63, 64]);
});

test("processes that share a store remove no more than is beyond the limit", () => {
  const path = newPath();
  const [one, another] = [openLimited(path, { traces: 3 }), openLimited(path, { traces: 3 })];
  one.write(traces(1, 4));
  another.write(traces(5, 1));
  expect(kept(path)).toEqual([3, 4, 5]);
});

test.for([1, 127, 128, 129, 256, 300])("a trace of %i spans goes as a whole, a part with each write", (spans) => {
  const path = newPath();
  openLimited(path, {}).write(Array.from({ length: spans }, () => spanOf(1)));
  const store = openLimited(path, { traces: 1 });
  for (let write = 0; write < 3; write++) store.write([spanOf(2)]);
  expect(kept(path)).toEqual([2]);
  expect(spansIn(path)).toBe(3);
});

test("a trace that waits to be sent stays, and goes once it is sent", () => {
  const path = newPath();
  openLimited(path, { traces: 1 }, [TARGET]).write(traces(1, 3));
  expect(kept(path)).toEqual([1, 2, 3]);
  const outbox = openStoreOutbox(path, TARGET.key);
  const parcel = outbox.claim(10, 1e6);
  if (parcel === undefined) throw new Error("nothing waits");
  outbox.settle(parcel, { sent: 3, dropped: [] });
  outbox.close();
  openLimited(path, { traces: 1 }).write([spanOf(4)]);
  expect(kept(path)).toEqual([4]);
});

const DAY_MS = 86_400_000;

/** How many spans wait to be sent. */
function waiting(path: string): number {
  const outbox = openStoreOutbox(path, TARGET.key);
  onTestFinished(() => outbox.close());
  return outbox.pending();
}

test("spans that wait, and traces, go when they are too old", () => {
  const path = newPath();
  openLimited(path, {}, [TARGET]).write([spanOf(1)]);
  const db = new DatabaseSync(path);
  db.prepare("UPDATE outbox SET added_ms = added_ms - ?").run(8 * DAY_MS);
  db.prepare("UPDATE trace SET added_ms = added_ms - ?").run(31 * DAY_MS);
  db.close();
  openLimited(path, {}).write([spanOf(2)]);
  expect(waiting(path)).toBe(0);
  expect(kept(path)).toEqual([2]);
});

test("a clock that is set ahead makes none of them old", () => {
  const path = newPath();
  openLimited(path, {}, [TARGET]).write([spanOf(1)]);
  const { now } = Date;
  vi.spyOn(Date, "now").mockImplementation(() => now() + 40 * DAY_MS);
  onTestFinished(() => void vi.restoreAllMocks());
  openLimited(path, {}).write([spanOf(2)]);
  expect(waiting(path)).toBe(1);
  expect(kept(path)).toEqual([1, 2]);
});
