import type { ShownSpan } from "../../cli/render.ts";
import type { StoredTrace } from "../../runtime/delivery/reader.ts";

/** 2025-11-22, 08:26:40 UTC. */
const START_US = 1_763_800_000_000_000;

/** A span that starts so many milliseconds after its trace and lasts so many; its id is its row. */
export function shownSpan(
  row: number,
  parent: number | undefined,
  name: string,
  [startMs, durationMs]: readonly [number, number],
  known: Partial<ShownSpan> = {},
): ShownSpan {
  return {
    row,
    traceId: "3f2a9c0d1e2f3a4b5c6d7e8f90a1b2c3",
    spanId: spanId(row),
    parentId: parent === undefined ? undefined : spanId(parent),
    name,
    spanType: "UNKNOWN",
    startUs: START_US + Math.floor(startMs * 1000),
    startNs: Math.round(startMs * 1e6) % 1000,
    durationNs: Math.round(durationMs * 1e6),
    status: "OK",
    chunks: 0,
    error: undefined,
    inputs: undefined,
    outputs: undefined,
    ...known,
  };
}

/** The trace of these spans, as the store sums it up. */
export function storedTrace(spans: readonly ShownSpan[], known: Partial<StoredTrace> = {}): StoredTrace {
  const root = spans.find(({ parentId }) => parentId === undefined);
  return {
    traceId: "3f2a9c0d1e2f3a4b5c6d7e8f90a1b2c3",
    name: root?.name,
    startUs: START_US,
    endUs: START_US,
    spans: spans.length,
    errors: spans.filter(({ status }) => status === "ERROR").length,
    state: root === undefined ? "IN_PROGRESS" : root.status === "ERROR" ? "ERROR" : "OK",
    tags: {},
    metadata: {},
    clientRequestId: undefined,
    requestPreview: undefined,
    responsePreview: undefined,
    experimentId: undefined,
    ...known,
  };
}

function spanId(row: number): string {
  return row.toString(16).padStart(16, "0");
}
