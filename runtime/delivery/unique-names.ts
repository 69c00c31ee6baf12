/**
 * Names of spans made unique within their trace by a suffix, `red_1`, `red_2`, as MLflow had it up to 3.5. The
 * spans of a trace are held until its local root ends, because the first of a name gets a suffix too.
 */

import type { RecordedSpan } from "../span.ts";
import type { Trace } from "../trace.ts";

/** What is known of the names of a trace whose root has ended. */
type Counts = Map<string, number>;

/** Holds spans, and hands them on with unique names. */
export class UniqueNames {
  private readonly held = new Map<Trace, RecordedSpan[]>();
  private readonly named = new WeakMap<Trace, Counts>();

  /** Takes a span that has ended; returns those whose names are settled, in the order of their end. */
  take(span: RecordedSpan): readonly RecordedSpan[] {
    const { trace } = span;
    const counts = this.named.get(trace);
    if (counts !== undefined) return [late(span, counts)];
    const spans = this.held.get(trace) ?? [];
    spans.push(span);
    if (!span.isLocalRoot) {
      this.held.set(trace, spans);
      return [];
    }
    this.held.delete(trace);
    this.named.set(trace, rename(spans));
    return spans;
  }

  /** The spans of traces that have not ended, as they are. */
  drain(): readonly RecordedSpan[] {
    const spans = [...this.held.values()].flat();
    this.held.clear();
    return spans;
  }
}

/** A child that ends after its root goes on counting. */
function late(span: RecordedSpan, counts: Counts): RecordedSpan {
  const count = (counts.get(span.name) ?? 0) + 1;
  counts.set(span.name, count);
  if (count > 1) span.name = `${span.name}_${count}`;
  return span;
}

function rename(spans: readonly RecordedSpan[]): Counts {
  const total: Counts = new Map();
  for (const { name } of spans) total.set(name, (total.get(name) ?? 0) + 1);
  const seen: Counts = new Map();
  for (const span of spans.toSorted((a, b) => a.startedBefore(b))) {
    const { name } = span;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    if ((total.get(name) ?? 0) > 1) span.name = `${name}_${count}`;
  }
  return seen;
}
