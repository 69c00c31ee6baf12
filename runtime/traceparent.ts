/** The identity of a span as text between processes, https://www.w3.org/TR/trace-context/ */

import { createTraceState, isSpanContextValid, type SpanContext, type TraceState } from "@opentelemetry/api";

const VERSION_00 = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
/** A later version may say more after the flags; what stands before them stays. */
const LATER_VERSION = /^(?!ff|00)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/s;

/** Flags of version 00 that we know and hand on: sampled. */
const KNOWN_FLAGS = 1;

/** The remote span of a `traceparent` and its `tracestate`; `undefined` when the first is malformed. */
export function readTraceparent(traceparent: string, tracestate: string | undefined): SpanContext | undefined {
  const [, traceId, spanId, flags] = VERSION_00.exec(traceparent) ?? LATER_VERSION.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  const read: SpanContext = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & KNOWN_FLAGS, isRemote: true };
  if (!isSpanContextValid(read)) return undefined;
  const state = tracestate === undefined ? undefined : readTracestate(tracestate);
  return state === undefined ? read : { ...read, traceState: state };
}

/** The `traceparent` of a span. */
export function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & KNOWN_FLAGS).toString(16).padStart(2, "0")}`;
}

const MEMBERS_LIMIT = 32;
const KEY = /^(?:[a-z][_0-9a-z\-*/]{0,255}|[a-z0-9][_0-9a-z\-*/]{0,240}@[a-z][_0-9a-z\-*/]{0,13})$/;
const VALUE = /^[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;

/** A `tracestate` of which one member is malformed, or given twice, is dropped as a whole. */
function readTracestate(text: string): TraceState | undefined {
  const members = text
    .split(",")
    .map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ""))
    .filter((member) => member !== "");
  const keys = members.map((member) => member.slice(0, Math.max(0, member.indexOf("="))));
  const isWellFormed = members.every(
    (member, at) => KEY.test(keys[at] ?? "") && VALUE.test(member.slice((keys[at]?.length ?? 0) + 1)),
  );
  if (!isWellFormed || members.length === 0 || members.length > MEMBERS_LIMIT) return undefined;
  return new Set(keys).size < keys.length ? undefined : createTraceState(members.join(","));
}
