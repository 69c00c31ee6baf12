/** Traces of this process that somebody may speak of by id: those whose id was asked for. */

import type { Trace } from "./trace.ts";

const LIMIT = 4096;

/** Weakly: a trace lives as long as its spans, or as long as it is to be written. */
const known = new Map<string, WeakRef<Trace>>();

/** Makes a trace one that {@link knownTrace} finds. */
export function makeKnown(trace: Trace): void {
  const { traceId } = trace;
  if (known.get(traceId)?.deref() === trace) return;
  if (known.size >= LIMIT) forget();
  known.set(traceId, new WeakRef(trace));
}

/** The trace of this id, if it lives in this process and its id was asked for. */
export function knownTrace(traceId: string): Trace | undefined {
  return known.get(traceId)?.deref();
}

function forget(): void {
  for (const [traceId, trace] of known) if (trace.deref() === undefined) known.delete(traceId);
  for (const traceId of known.keys()) {
    if (known.size < LIMIT) return;
    known.delete(traceId);
  }
}
