/** What waits in the embedded store to be sent to one target, shared by all processes that have the store. */

import type { DatabaseSync, SQLOutputValue } from "node:sqlite";
import { assessmentOf } from "../client/assessment-rows.ts";
import { StoreFile } from "./connection.ts";
import type { FinishedSpan } from "./destination.ts";
import { OwnerWatch, processName } from "./lease.ts";
import type { Outbox, Parcel, Settlement, SpanGroup, TokenUse, TraceSummary } from "./outbox.ts";
import { toBody, toSpan, toTrace } from "./reader.ts";

/** Milliseconds to wait for a lock, on the program's thread. */
const PATIENCE_MS = 50;

/** How often the owners of what others have taken are looked at, milliseconds. */
const WATCH_MS = 5000;

/** Spans of one parcel, at most: they are read on the program's thread, which must not be held up. */
const PARCEL_SPANS = 512;

/** Rows of the outbox that are looked at for one parcel: a row holds at most 64 spans. */
const ROWS = 256;

/** Opens the outbox of a target in the store at `path`. @throws DeliveryError as `openStore` */
export function openStoreOutbox(path: string, target: string): Outbox {
  return new StoreOutbox(path, target);
}

class StoreOutbox implements Outbox {
  readonly #file: StoreFile<Statements>;
  readonly #target: string;
  readonly #watch = new OwnerWatch();
  /** Rows of the outbox that a parcel was made of. */
  readonly #rows = new WeakMap<Parcel, readonly number[]>();
  /** Parcels that are done with, as long as the store was too busy to hear of it. */
  readonly #unsettled: [Parcel, Settlement][] = [];
  #sender: number | undefined;
  #watchedAt = Number.NEGATIVE_INFINITY;

  constructor(path: string, target: string) {
    this.#target = target;
    this.#file = new StoreFile(path, prepare, PATIENCE_MS);
  }

  claim(maxSpans: number, maxBytes: number): Parcel | undefined {
    return this.#run((db) => {
      const sender = this.#beat(db);
      this.#takeOver(db);
      const taken: Row[] = [];
      let spans = 0;
      let bytes = 0;
      for (const row of db.waiting.all(this.#target, ROWS)) {
        spans += Number(row.spans);
        bytes += Number(row.bytes);
        if (taken.length > 0 && (spans > Math.min(maxSpans, PARCEL_SPANS) || bytes > maxBytes)) break;
        taken.push(row);
      }
      if (taken.length === 0) return undefined;
      for (const { id } of taken) db.take.run(sender, Number(id));
      return this.#parcel(db, taken);
    });
  }

  settle(parcel: Parcel, outcome: Settlement): void {
    this.#unsettled.push([parcel, outcome]);
    this.#run(() => undefined);
  }

  pending(): number {
    return this.#run((db) => Number(db.pending.get(this.#target)?.spans ?? 0));
  }

  trace(traceId: string): TraceSummary | undefined {
    return this.#run((db) => {
      const row = db.trace.get(traceId);
      if (row === undefined) return undefined;
      const assessments = db.assessments.all(traceId).map(assessmentOf);
      return { ...toTrace(row), assessments, ...tokenUseOf(db, traceId) };
    });
  }

  told(traceId: string): string | undefined {
    return this.#run((db) => {
      const note = db.told.get(traceId, this.#target)?.note;
      return typeof note === "string" ? note : undefined;
    });
  }

  tell(traceId: string, note: string): void {
    this.#run((db) => db.tell.run(this.#target, traceId, note));
  }

  close(): void {
    try {
      const sender = this.#sender;
      if (sender === undefined) return;
      this.#run((db) => {
        db.putBack.run(sender);
        db.leave.run(sender);
      });
    } finally {
      this.#file.close();
    }
  }

  #run<T>(work: (db: Statements) => T): T {
    const settled = this.#unsettled.length;
    const result = this.#file.transaction(PATIENCE_MS, (db) => {
      for (const [parcel, outcome] of this.#unsettled) this.#record(db, parcel, outcome);
      return work(db);
    });
    this.#unsettled.splice(0, settled);
    return result;
  }

  #record(db: Statements, parcel: Parcel, { sent, dropped }: Settlement): void {
    for (const id of this.#rows.get(parcel) ?? []) db.done.run(id);
    if (sent > 0) db.count.run(this.#target, "sent", sent);
    for (const [code, spans] of dropped) db.count.run(this.#target, code, spans);
  }

  /** Shows the others that this sender lives; answers its number. A store that was deleted knows none. */
  #beat(db: Statements): number {
    if (this.#sender !== undefined && db.beat.run(this.#sender).changes > 0) return this.#sender;
    this.#sender = Number(db.enter.run(processName()).lastInsertRowid);
    return this.#sender;
  }

  #takeOver(db: Statements): void {
    if (performance.now() - this.#watchedAt < WATCH_MS) return;
    this.#watchedAt = performance.now();
    for (const { id, process: name, beat } of db.others.all(this.#sender ?? 0)) {
      if (!this.#watch.isGone(Number(id), String(name), Number(beat))) continue;
      db.putBack.run(Number(id));
      db.leave.run(Number(id));
    }
  }

  #parcel(db: Statements, rows: readonly Row[]): Parcel {
    const groups = new Map<number, { resource: SpanGroup["resource"]; spans: FinishedSpan[] }>();
    const changed: string[] = [];
    let spans = 0;
    for (const { first, last, trace_id: traceId } of rows) {
      if (typeof traceId === "string") {
        changed.push(traceId);
        continue;
      }
      for (const row of db.spans.all(Number(first), Number(last))) {
        const owner = Number(row.resource ?? 0);
        let group = groups.get(owner);
        if (group === undefined) {
          group = { resource: JSON.parse(String(db.resource.get(owner)?.attributes ?? "{}")), spans: [] };
          groups.set(owner, group);
        }
        group.spans.push(toFinished(row));
        spans += 1;
      }
    }
    const uncertain = rows.some(({ attempts }) => Number(attempts) > 0);
    const parcel: Parcel = { groups: [...groups.values()], changed, spans, uncertain };
    this.#rows.set(
      parcel,
      rows.map(({ id }) => Number(id)),
    );
    return parcel;
  }
}

type Row = Record<string, SQLOutputValue>;
type Statements = ReturnType<typeof prepare>;

function prepare(db: DatabaseSync) {
  return {
    waiting: db.prepare("SELECT * FROM outbox WHERE target = ? AND sender IS NULL ORDER BY id LIMIT ?"),
    take: db.prepare("UPDATE outbox SET sender = ?, attempts = attempts + 1 WHERE id = ?"),
    done: db.prepare("DELETE FROM outbox WHERE id = ?"),
    putBack: db.prepare("UPDATE outbox SET sender = NULL WHERE sender = ?"),
    pending: db.prepare("SELECT sum(spans) AS spans FROM outbox WHERE target = ?"),
    enter: db.prepare("INSERT INTO sender (process, beat) VALUES (?, 0)"),
    beat: db.prepare("UPDATE sender SET beat = beat + 1 WHERE id = ?"),
    leave: db.prepare("DELETE FROM sender WHERE id = ?"),
    others: db.prepare("SELECT * FROM sender WHERE id <> ?"),
    count: db.prepare(`
      INSERT INTO tally (target, what, spans) VALUES (?, ?, ?)
      ON CONFLICT (target, what) DO UPDATE SET spans = spans + excluded.spans`),
    spans: db.prepare("SELECT * FROM span JOIN body USING (id) WHERE id BETWEEN ? AND ? ORDER BY id"),
    resource: db.prepare("SELECT attributes FROM resource WHERE id = ?"),
    trace: db.prepare("SELECT * FROM trace WHERE trace_id = ?"),
    assessments: db.prepare("SELECT * FROM assessment WHERE trace_id = ? ORDER BY created_ms, id"),
    parents: db.prepare("SELECT span_id, parent_id FROM span WHERE trace_id = ?"),
    tokens: db.prepare(`
      SELECT span_id, parent_id, json_extract(attributes, '$."mlflow.chat.tokenUsage"') AS tokens
      FROM span JOIN body USING (id)
      WHERE trace_id = ? AND attributes LIKE '%mlflow.chat.tokenUsage%' ORDER BY id`),
    told: db.prepare("SELECT note FROM told WHERE trace_id = ? AND target = ?"),
    tell: db.prepare("INSERT OR REPLACE INTO told (target, trace_id, note) VALUES (?, ?, ?)"),
  };
}

function toFinished(row: Row): FinishedSpan {
  const { traceId, ...span } = toSpan(row);
  const { events, links, ...body } = toBody(row);
  return {
    ...span,
    ...body,
    trace: { traceId, ...NOTHING_SAID },
    finishedEvents: events,
    finishedLinks: links,
    otel: typeof row.otel === "string" ? JSON.parse(row.otel) : undefined,
  };
}

/** What a trace's own row says is asked for when it is wanted. */
const NOTHING_SAID = {
  state: undefined,
  tags: undefined,
  metadata: undefined,
  clientRequestId: undefined,
  requestPreview: undefined,
  responsePreview: undefined,
} as const;

function tokenUseOf(db: Statements, traceId: string): Pick<TraceSummary, "tokenUse" | "parents"> {
  const tokenUse = db.tokens.all(traceId).flatMap(({ span_id, parent_id, tokens }): TokenUse[] => {
    if (typeof tokens !== "string") return [];
    const parentId = typeof parent_id === "string" ? parent_id : undefined;
    return [{ spanId: String(span_id), parentId, tokens: JSON.parse(tokens) }];
  });
  const parents = new Map<string, string | undefined>();
  if (tokenUse.length > 1) {
    for (const { span_id, parent_id } of db.parents.all(traceId)) {
      parents.set(String(span_id), typeof parent_id === "string" ? parent_id : undefined);
    }
  }
  return { tokenUse, parents };
}
