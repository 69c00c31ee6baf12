/**
 * How much the store keeps. The oldest traces go first, a few spans with each write, so that no write waits
 * long; what waits to be sent stays until it is sent, or is too old or too much itself.
 */

import type { DatabaseSync } from "node:sqlite";
import { tally } from "./tally.ts";

/** What the store keeps at most. A limit is exceeded for as long as it takes to remove what is beyond. */
export interface RetentionOptions {
  /** Traces that were written so many days ago are removed; 30 when absent. */
  readonly days?: number;
  /** Number of traces; 100,000 when absent. */
  readonly traces?: number;
  /** Size of what is kept, megabytes; 1024 when absent. */
  readonly megabytes?: number;
  /** Spans that could not be sent for so many days are dropped; 7 when absent. */
  readonly unsentDays?: number;
  /** Size of what waits to be sent to one target, megabytes; 512 when absent. */
  readonly unsentMegabytes?: number;
}

/** What holds when `init` says nothing. */
export const DEFAULT_RETENTION: Required<RetentionOptions> = {
  days: 30,
  traces: 100_000,
  megabytes: 1024,
  unsentDays: 7,
  unsentMegabytes: 512,
};

const DAY_MS = 86_400_000;
const MEGABYTE = 1024 * 1024;

/** Milliseconds between two looks at whether anything is beyond its limit. */
const LOOK_MS = 10_000;

/** Spans that one step removes at most: more than a write adds. */
const STEP = 128;

/**
 * The time of day by which things grow old: a clock that is set ahead makes nothing older, nor does one that is set
 * back make it what the process began with.
 */
const timeOfAges = () => Math.min(Date.now(), performance.timeOrigin + performance.now());

/** Removes what is beyond the limits, a step with each write. */
export interface Retention {
  /** One step, into the transaction that is open. */
  step(): void;
}

/** Prepares the statements for a store whose schema is up to date. */
export function retention(db: DatabaseSync, options: RetentionOptions): Retention {
  const limits = { ...DEFAULT_RETENTION, ...options };
  const expire = expirer(db, limits);
  const remove = remover(db);
  const look = looker(db, limits);
  let lookedAt = Number.NEGATIVE_INFINITY;
  let beyond = false;
  return {
    step() {
      if (!beyond && performance.now() - lookedAt < LOOK_MS) return;
      if (!beyond) expire();
      lookedAt = performance.now();
      let room = STEP;
      beyond = true;
      while (room > 0 && beyond) {
        const oldest = look();
        const removed = oldest === undefined ? 0 : remove(oldest, room);
        beyond = removed > 0;
        room -= removed;
      }
    },
  };
}

/** Drops what has waited too long, or is too much, to be sent. */
function expirer(db: DatabaseSync, limits: Required<RetentionOptions>): () => void {
  const late = db.prepare("SELECT id, target, spans FROM outbox WHERE added_ms < ? AND sender IS NULL");
  // Of each target, what lies before its newest bytes.
  const large = db.prepare(`
    SELECT id, target, spans FROM (
      SELECT id, target, spans, sender, sum(bytes) OVER (PARTITION BY target ORDER BY id DESC) AS newer FROM outbox)
    WHERE newer > ? AND sender IS NULL`);
  const drop = db.prepare("DELETE FROM outbox WHERE id = ?");
  const count = db.prepare(`
    INSERT INTO tally (target, what, spans) VALUES (?, ?, ?)
    ON CONFLICT (target, what) DO UPDATE SET spans = spans + excluded.spans`);
  return () => {
    const expired = [
      ...late.all(timeOfAges() - limits.unsentDays * DAY_MS).map((row) => ({ ...row, code: "SW2210" })),
      ...large.all(limits.unsentMegabytes * MEGABYTE).map((row) => ({ ...row, code: "SW2211" })),
    ];
    for (const { id, target, spans, code } of expired as Expired[]) {
      if (drop.run(id).changes === 0) continue;
      count.run(target, code, spans);
      tally.drop(code, spans, target);
    }
  };
}

interface Expired {
  readonly id: number;
  readonly target: string;
  readonly spans: number;
  readonly code: string;
}

/** Finds the oldest trace when the store is beyond a limit. */
function looker(db: DatabaseSync, limits: Required<RetentionOptions>): () => string | undefined {
  // In the order of writing: what is brought in from elsewhere may have begun at any time.
  const oldest = db.prepare(`
    SELECT span.trace_id, coalesce(added_ms, trace.start_us / 1000) AS added_ms
    FROM span LEFT JOIN trace USING (trace_id) ORDER BY span.id LIMIT 1`);
  const traces = db.prepare("SELECT traces AS n FROM kept");
  const used = db.prepare(`
    SELECT (page_count - freelist_count) * page_size AS bytes
    FROM pragma_page_count, pragma_freelist_count, pragma_page_size`);
  return () => {
    const first = oldest.get();
    if (first === undefined) return undefined;
    const isBeyond =
      Number(first.added_ms) < timeOfAges() - limits.days * DAY_MS ||
      Number(used.get()?.bytes) > limits.megabytes * MEGABYTE ||
      Number(traces.get()?.n) > limits.traces;
    return isBeyond ? String(first.trace_id) : undefined;
  };
}

/**
 * Removes a trace, or the first spans of one that has more than it may remove. Answers how many spans it removed: none
 * when some of the trace wait to be sent.
 */
function remover(db: DatabaseSync): (traceId: string, most: number) => number {
  const rows = db.prepare("SELECT id FROM span WHERE trace_id = ? ORDER BY id LIMIT ?");
  // Of the ranges of rows that wait, which do not overlap, the first one that does not lie before the trace.
  const waiting = db.prepare("SELECT first FROM outbox WHERE last >= ? AND first <= last ORDER BY last, first LIMIT 1");
  const body = db.prepare("DELETE FROM body WHERE id = ?");
  const span = db.prepare("DELETE FROM span WHERE id = ?");
  const trace = db.prepare("DELETE FROM trace WHERE trace_id = ?");
  return (traceId, most) => {
    const all = rows.all(traceId, most + 1).map(({ id }) => Number(id));
    const ids = all.slice(0, most);
    const [first = 0] = ids;
    const next = waiting.get(first);
    if (next !== undefined && Number(next.first) <= (ids.at(-1) ?? 0)) return 0;
    for (const id of ids) {
      body.run(id);
      span.run(id);
    }
    if (all.length <= most) trace.run(traceId);
    return ids.length;
  };
}
