/** The spans of a trace as a tree. */

import type { Trace, TraceSpan } from "../client/entities.ts";

/** A span and those below it, in the order of their start. */
interface SpanNode {
  readonly span: TraceSpan;
  readonly children: readonly SpanNode[];
}

/**
 * The names of a trace's spans as text, one a line, each below its parent and two spaces further in; of several
 * traces one after the other. Spans that failed say so.
 *
 * @example expect(spanTree(traces)).toMatchInlineSnapshot();
 */
export function spanTree(traces: Trace | readonly Trace[]): string {
  return listOf(traces).flatMap((trace) => rootsOf(trace).flatMap((root) => lines(root, nameLine))).join("\n"); // biome-ignore format: one chain
}

/** One trace or several, as a list. */
function listOf(traces: Trace | readonly Trace[]): readonly Trace[] {
  return "data" in traces ? [traces] : traces;
}

/** The spans without a parent among those of the trace. */
export function rootsOf({ data: { spans } }: Trace): SpanNode[] {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return below(undefined, spans, (span) => span.parentId === undefined || !ids.has(span.parentId));
}

function below(
  parent: string | undefined,
  spans: readonly TraceSpan[],
  belongs: (span: TraceSpan) => boolean = ({ parentId }) => parentId === parent,
): SpanNode[] {
  return spans
    .filter(belongs)
    .sort((a, b) => Number(a.startTimeNs - b.startTimeNs))
    .map((span) => ({ span, children: below(span.spanId, spans) }));
}

/** A line for each span of a tree. */
export function lines({ span, children }: SpanNode, line: (span: TraceSpan) => string): string[] {
  return [line(span), ...children.flatMap((child) => lines(child, line)).map((text) => `  ${text}`)];
}

function nameLine({ name, status }: TraceSpan): string {
  return status.statusCode === "ERROR" ? `${name} ERROR` : name;
}
