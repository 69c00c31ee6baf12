/** How the spans of a transaction, and traces that changed, get into the store's outbox. */

import type { DatabaseSync } from "node:sqlite";
import type { FinishedSpan } from "./destination.ts";

/** Adds to the outbox, into the transaction that is open. */
export interface Enqueuer {
  /**
   * Adds the spans of one transaction, whose rows are consecutive.
   *
   * @param targets keys of the targets that are to get them
   */
  spans(targets: readonly string[], first: number, last: number, spans: readonly FinishedSpan[]): void;
  /** Adds a trace that changed; one that is waiting already stays where it is. */
  trace(targets: readonly string[], traceId: string): void;
}

/** Bytes of a span beside its texts. */
const FRAME_BYTES = 100;

/** Prepares the statements for a store whose schema is up to date. */
export function enqueuer(db: DatabaseSync): Enqueuer {
  const insertSpans = db.prepare(`
    INSERT INTO outbox (target, first, last, spans, bytes, added_ms, attempts) VALUES (?, ?, ?, ?, ?, ?, 0)`);
  // SQLite gives the rows of deleted spans out again: what waits for those must not send the new ones.
  const trim = db.prepare("UPDATE outbox SET last = ? WHERE last >= ?");
  const insertTrace = db.prepare(`
    INSERT INTO outbox (target, trace_id, spans, bytes, added_ms, attempts)
    SELECT :target, :traceId, 0, 0, :now, 0
    WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE target = :target AND trace_id = :traceId AND sender IS NULL)`);
  return {
    spans(targets, first, last, spans) {
      trim.run(first - 1, first);
      const bytes = spans.reduce((sum, span) => sum + bytesOf(span), 0);
      const now = Date.now();
      for (const target of targets) insertSpans.run(target, first, last, spans.length, bytes, now);
    },
    trace(targets, traceId) {
      const now = Date.now();
      for (const target of targets) insertTrace.run({ target, traceId, now });
    },
  };
}

/** About how many bytes a span takes when it is sent. */
export function bytesOf(span: FinishedSpan): number {
  let bytes = FRAME_BYTES + span.name.length;
  for (const text of [span.inputs, span.outputs, span.attributesJson]) bytes += text?.length ?? 0;
  for (const { attributes } of span.finishedEvents) {
    for (const value of Object.values(attributes ?? {})) bytes += typeof value === "string" ? value.length : 16;
  }
  return bytes;
}
