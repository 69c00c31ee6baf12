/** The embedded store as a place where traces are read and changed. */

import type { DatabaseSync, SQLInputValue, SQLOutputValue } from "node:sqlite";
import { StoreFile } from "../delivery/connection.ts";
import type { StatusCode } from "../delivery/destination.ts";
import { type TokenUsage, tokenUsageOf, USAGE_ATTRIBUTE, type UsingSpan } from "../token-usage.ts";
import { METADATA } from "../trace-texts.ts";
import { assessmentOf, assessmentValues } from "./assessment-rows.ts";
import { type Assessment, Trace, type TraceInfo, type TraceSpan } from "./entities.ts";
import { problem } from "./failures.ts";
import { joined, orderOf, type Sql, whereOf } from "./filter-sql.ts";
import { traceSpanOf } from "./finished.ts";
import type {
  OpenSpan,
  OpenSpans,
  SpanStanding,
  TraceDeletion,
  TracePart,
  TraceSearch,
  TraceStore,
} from "./trace-store.ts";

/** Milliseconds that a call waits for a lock. */
const PATIENCE_MS = 2000;

/** Opens the store at `path`; methods throw `DeliveryError` for problems of the file. */
export function embeddedStore(path: string): TraceStore & OpenSpans {
  return new EmbeddedStore(path);
}

class EmbeddedStore implements TraceStore, OpenSpans {
  readonly #file: StoreFile<DatabaseSync>;

  constructor(path: string) {
    this.#file = new StoreFile(path, prepared, PATIENCE_MS);
  }

  async getTrace(traceId: string): Promise<Trace | undefined> {
    return this.#run((db) => {
      const row = db.prepare("SELECT * FROM trace WHERE trace_id = ?").get(traceId);
      return row && readTrace(db, row, true);
    });
  }

  async hasTrace(traceId: string): Promise<boolean> {
    return this.#run((db) => db.prepare("SELECT 1 FROM trace WHERE trace_id = ?").get(traceId) !== undefined);
  }

  async searchTraces(search: TraceSearch): Promise<TracePart> {
    const { maxResults, includeSpans } = search;
    const offset = offsetOf(search.pageToken);
    const { text, values } = queryOf(search, offset);
    return this.#run((db) => {
      const rows = db.prepare(text).all(...values);
      return {
        traces: rows.slice(0, maxResults).map((row) => readTrace(db, row, includeSpans)),
        token: rows.length > maxResults ? btoa(String(offset + maxResults)) : undefined,
      };
    });
  }

  async deleteTraces(deletion: TraceDeletion): Promise<number> {
    const { text, values } = deletionOf(deletion);
    return this.#run((db) => Number(db.prepare(text).run(...values).changes));
  }

  async setTag(traceId: string, key: string, value: string): Promise<boolean> {
    return this.#run((db) => changes(db, SET_TAG, JSON.stringify({ [key]: value }), JSON.stringify({ [key]: value }), traceId)); // biome-ignore format: one expression
  }

  async deleteTag(traceId: string, key: string): Promise<boolean> {
    return this.#run((db) => changes(db, DELETE_TAG, JSON.stringify({ [key]: null }), traceId, key));
  }

  async addAssessment(assessment: Assessment): Promise<Assessment> {
    const values = assessmentValues(assessment);
    const columns = Object.keys(values);
    const insert = `INSERT OR REPLACE INTO assessment (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`;
    this.#run((db) => {
      db.prepare("UPDATE assessment SET valid = 0 WHERE id = ?").run(assessment.overrides ?? null);
      db.prepare(insert).run(...Object.values(values));
    });
    return assessment;
  }

  async getAssessment(traceId: string, assessmentId: string): Promise<Assessment | undefined> {
    return this.#run((db) => {
      const row = db.prepare("SELECT * FROM assessment WHERE trace_id = ? AND id = ?").get(traceId, assessmentId);
      return row && assessmentOf(row);
    });
  }

  async deleteAssessment(traceId: string, assessmentId: string): Promise<boolean> {
    return this.#run((db) => {
      const overridden = "UPDATE assessment SET valid = 1 WHERE id = (SELECT overrides FROM assessment WHERE id = ?)";
      db.prepare(overridden).run(assessmentId);
      return changes(db, "DELETE FROM assessment WHERE trace_id = ? AND id = ?", traceId, assessmentId);
    });
  }

  async keepOpen({ traceId, spanId, parentId, start }: OpenSpan): Promise<void> {
    const insert = "INSERT INTO open_span (span_id, trace_id, parent_id, start) VALUES (?, ?, ?, ?)";
    this.#run((db) => {
      db.prepare(FORGET_ENDED).run(traceId);
      db.prepare(insert).run(spanId, traceId, parentId ?? null, JSON.stringify(start));
    });
  }

  async takeOpen(traceId: string, spanId: string): Promise<OpenSpan | undefined> {
    return this.#run((db) => {
      const row = db
        .prepare("DELETE FROM open_span WHERE trace_id = ? AND span_id = ? RETURNING *")
        .get(traceId, spanId);
      return row === undefined || hasEnded(db, traceId, spanId) ? undefined : openSpanOf(row);
    });
  }

  async spanStanding(traceId: string, spanId: string): Promise<SpanStanding> {
    return this.#run((db) => {
      if (hasEnded(db, traceId, spanId)) return "ended";
      const open = "SELECT 1 FROM open_span WHERE trace_id = ? AND span_id = ?";
      return db.prepare(open).get(traceId, spanId) === undefined ? "unknown" : "open";
    });
  }

  async rootOf(traceId: string): Promise<{ readonly spanId: string; readonly standing: SpanStanding } | undefined> {
    return this.#run((db) => {
      const ended = db.prepare("SELECT span_id FROM span WHERE trace_id = ? AND parent_id IS NULL").get(traceId);
      if (ended !== undefined) return { spanId: String(ended.span_id), standing: "ended" };
      const open = db.prepare("SELECT span_id FROM open_span WHERE trace_id = ? AND parent_id IS NULL").get(traceId);
      return open && { spanId: String(open.span_id), standing: "open" };
    });
  }

  #run<T>(work: (db: DatabaseSync) => T): T {
    return this.#file.transaction(PATIENCE_MS, work);
  }
}

type Row = Record<string, SQLOutputValue>;

/** Spans that were ended by their own method, not by id. */
const FORGET_ENDED = `
  DELETE FROM open_span WHERE trace_id = ? AND span_id IN (SELECT span_id FROM span WHERE span.trace_id = open_span.trace_id)`;

/** Both in one statement, for a trace whose tags are none yet. */
const SET_TAG = "UPDATE trace SET tags = coalesce(json_patch(tags, ?), ?) WHERE trace_id = ?";
const DELETE_TAG = `
  UPDATE trace SET tags = json_patch(tags, ?)
  WHERE trace_id = ? AND EXISTS (SELECT 1 FROM json_each(trace.tags) WHERE key = ?)`;

/** SQLite has the operator REGEXP, and leaves the function to whoever uses it. */
function prepared(db: DatabaseSync): DatabaseSync {
  db.function("regexp", { deterministic: true }, (pattern, value) =>
    value === null ? null : Number(new RegExp(String(pattern)).test(String(value))),
  );
  return db;
}

function changes(db: DatabaseSync, statement: string, ...values: SQLInputValue[]): boolean {
  return Number(db.prepare(statement).run(...values).changes) > 0;
}

function hasEnded(db: DatabaseSync, traceId: string, spanId: string): boolean {
  return db.prepare("SELECT 1 FROM span WHERE trace_id = ? AND span_id = ?").get(traceId, spanId) !== undefined;
}

/** A page's token is where it begins. */
function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const offset = /^[A-Za-z0-9+/]+=*$/.test(token) && token.length % 4 === 0 ? Number(atob(token)) : Number.NaN;
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw problem("invalid", "pageToken", "the token of a page that searchTraces returned");
}

function queryOf({ filter, orderBy, maxResults, experimentIds }: TraceSearch, offset: number): Sql {
  const conditions = [whereOf(filter), ...(experimentIds === undefined ? [] : [among(EXPERIMENT, experimentIds)])];
  return joined(
    [
      { text: "SELECT t.* FROM trace t", values: [] },
      whereClause(conditions),
      { text: "ORDER BY", values: [] },
      orderOf(orderBy),
      { text: "LIMIT ? OFFSET ?", values: [maxResults + 1, offset] }, // One more than asked for says whether there is another page.
    ],
    " ",
  );
}

const EXPERIMENT = "coalesce(t.experiment_id, '0')";

function deletionOf({ experimentId, traceIds, maxTimestampMillis, maxTraces }: TraceDeletion): Sql {
  const conditions: Sql[] = [];
  if (experimentId !== undefined) conditions.push(among(EXPERIMENT, [experimentId]));
  if (traceIds !== undefined) conditions.push(among("t.trace_id", traceIds));
  if (maxTimestampMillis !== undefined)
    conditions.push({ text: "t.start_us <= ?", values: [maxTimestampMillis * 1000] });
  const { text, values } = whereClause(conditions);
  return {
    text: `DELETE FROM trace WHERE trace_id IN (SELECT t.trace_id FROM trace t ${text} ORDER BY t.start_us LIMIT ?)`,
    values: [...values, maxTraces ?? -1],
  };
}

function among(expression: string, items: readonly string[]): Sql {
  return { text: `${expression} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(items)] };
}

function whereClause(conditions: readonly Sql[]): Sql {
  const { text, values } = joined(conditions.filter(({ text }) => text !== ""), " AND "); // biome-ignore format: one expression
  return text === "" ? { text, values } : { text: `WHERE ${text}`, values };
}

const SPANS = "SELECT s.*, b.* FROM span s JOIN body b ON b.id = s.id WHERE s.trace_id = ? ORDER BY s.id";

/** Enough of the spans to count tokens by, without their payloads. */
const USAGES = `
  SELECT s.span_id, s.parent_id, (SELECT value FROM json_each(b.attributes) WHERE key = ?) AS usage
  FROM span s JOIN body b ON b.id = s.id WHERE s.trace_id = ?`;

function readTrace(db: DatabaseSync, row: Row, includeSpans: boolean): Trace {
  const traceId = String(row.trace_id);
  const assessments = db.prepare("SELECT * FROM assessment WHERE trace_id = ? ORDER BY created_ms, id").all(traceId);
  const usages = db.prepare(USAGES).all(USAGE_ATTRIBUTE, traceId).map(usingSpanOf);
  const info = infoOf(row, tokenUsageOf(usages), assessments.map(assessmentOf));
  return new Trace(info, includeSpans ? db.prepare(SPANS).all(traceId).map(spanOf) : []);
}

function usingSpanOf(row: Row): UsingSpan {
  return { spanId: String(row.span_id), parentId: text(row.parent_id), usage: json(row.usage) };
}

const STATES = ["OK", "ERROR", "IN_PROGRESS"] as const;
const STATUSES: readonly StatusCode[] = ["OK", "ERROR", "UNSET"];

function infoOf(row: Row, usage: TokenUsage | undefined, assessments: readonly Assessment[]): TraceInfo {
  const name = text(row.name);
  return {
    traceId: String(row.trace_id),
    experimentId: text(row.experiment_id) ?? "0",
    name,
    requestTime: Number(row.start_us) / 1000,
    executionDuration: (Number(row.end_us) - Number(row.start_us)) / 1000,
    state: STATES.find((state) => state === row.state) ?? "IN_PROGRESS",
    clientRequestId: text(row.client_request_id),
    requestPreview: text(row.request_preview),
    responsePreview: text(row.response_preview),
    tags: { ...(name !== undefined && { "mlflow.traceName": name }), ...JSON.parse(text(row.tags) ?? "{}") },
    traceMetadata: {
      // From the spans every time, so that late ones count and none counts twice.
      ...(usage !== undefined && { [METADATA.tokenUsage]: JSON.stringify(usage) }),
      ...JSON.parse(text(row.metadata) ?? "{}"),
    },
    assessments,
  };
}

function spanOf(row: Row): TraceSpan {
  return traceSpanOf({
    traceId: String(row.trace_id),
    spanId: String(row.span_id),
    parentId: text(row.parent_id),
    name: String(row.name),
    spanType: String(row.type),
    startUs: Number(row.start_us),
    startNs: Number(row.start_ns),
    durationNs: Number(row.duration_ns),
    status: STATUSES.find((status) => status === row.status) ?? "UNSET",
    statusMessage: text(row.status_message),
    inputs: text(row.inputs),
    outputs: text(row.outputs),
    attributesJson: text(row.attributes),
    finishedEvents: JSON.parse(text(row.events) ?? "[]"),
    finishedLinks: JSON.parse(text(row.links) ?? "[]"),
  });
}

function openSpanOf(row: Row): OpenSpan {
  return {
    traceId: String(row.trace_id),
    spanId: String(row.span_id),
    parentId: text(row.parent_id),
    start: JSON.parse(String(row.start)),
  };
}

function json(value: SQLOutputValue | undefined): unknown {
  return typeof value === "string" ? JSON.parse(value) : undefined;
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
