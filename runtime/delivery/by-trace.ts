import type { FinishedSpan } from "./destination.ts";

/** Spans by the ids of their traces, each in the order in which they were given. */
export function byTrace(spans: readonly FinishedSpan[]): Map<string, FinishedSpan[]> {
  const traces = new Map<string, FinishedSpan[]>();
  for (const span of spans) {
    const { traceId } = span.trace;
    const members = traces.get(traceId);
    if (members === undefined) traces.set(traceId, [span]);
    else members.push(span);
  }
  return traces;
}
