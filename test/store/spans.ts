import type { FinishedSpan, TraceInfo } from "../../runtime/delivery/destination.ts";

/** 2025-11-22, 08:26:40 UTC. */
export const START_US = 1_763_800_000_000_000;

/** A trace about which the program said nothing. */
export function traceInfo(known: Partial<TraceInfo> = {}): TraceInfo {
  return {
    traceId: "a".repeat(32),
    state: undefined,
    tags: undefined,
    metadata: undefined,
    clientRequestId: undefined,
    requestPreview: undefined,
    responsePreview: undefined,
    ...known,
  };
}

/** The root of a trace, without inputs, outputs, attributes, events and links. */
export function finishedSpan(known: Partial<FinishedSpan> = {}): FinishedSpan {
  return {
    trace: traceInfo(),
    spanId: "1".repeat(16),
    parentId: undefined,
    name: "main",
    spanType: "UNKNOWN",
    startUs: START_US,
    startNs: 0,
    durationNs: 1000,
    status: "UNSET",
    statusMessage: undefined,
    inputs: undefined,
    outputs: undefined,
    attributesJson: undefined,
    finishedEvents: [],
    finishedLinks: [],
    otel: undefined,
    ...known,
  };
}

/** As many spans of one trace as a batch holds, none of them a root. */
export function fullBatch(traceId: string): FinishedSpan[] {
  return Array.from({ length: 64 }, (_, n) =>
    finishedSpan({ trace: traceInfo({ traceId }), spanId: n.toString(16).padStart(16, "0"), parentId: "f".repeat(16) }),
  );
}
