/** Finished spans as rows of the store's tables. */

import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import type { FinishedSpan, TraceInfo } from "./destination.ts";
import { enqueuer } from "./enqueue.ts";
import { previewOf } from "./preview.ts";
import { type RetentionOptions, retention } from "./retention.ts";

/** Characters of a trace's previews, as MLflow cuts them. */
const PREVIEW_LENGTH = 1000;

/** Characters of the line that says why a span failed. The whole text is in the span's events. */
const ERROR_LENGTH = 500;

/** Who makes the spans of one process, and where they go beyond the store. */
export interface Origin {
  /** JSON object of OpenTelemetry's resource attributes; `undefined` when nobody asks for it. */
  readonly resource: string | undefined;
  /** The targets that are to get the spans. */
  readonly targets: readonly Addressee[];
  /** What the store keeps at most. */
  readonly retention: RetentionOptions;
}

/** A target, as the outbox knows it. */
export interface Addressee {
  /** Kind and address, without secrets: what is stored under it is sent by whoever is configured so. */
  readonly key: string;
  /** Whether it takes what changes of a trace after its spans. */
  readonly takesChanges: boolean;
}

/** Writes rows through one connection, into the transaction that is open on it. */
export interface RowWriter {
  /** Adds spans, and what they say of their traces. */
  add(spans: readonly FinishedSpan[]): void;
  /** Takes in what has changed of a trace; a trace that has no span in the store is left out. */
  update(trace: TraceInfo): void;
}

/** Prepares the statements for a store whose schema is up to date. */
export function rowWriter(db: DatabaseSync, { resource, targets, retention: limits }: Origin): RowWriter {
  const insertSpan = db.prepare(INSERT_SPAN);
  const insertBody = db.prepare(INSERT_BODY);
  const addToTrace = db.prepare(ADD_TO_TRACE);
  const updateTrace = db.prepare(UPDATE_TRACE);
  const resourceRow = resourceRowOf(db, resource);
  const enqueue = enqueuer(db);
  const retain = retention(db, limits);
  const all = targets.map(({ key }) => key);
  const changeable = targets.filter(({ takesChanges }) => takesChanges).map(({ key }) => key);
  return {
    add(spans) {
      const owner = resourceRow();
      let last = 0;
      for (const span of spans) {
        last = Number(insertSpan.run(...spanValues(span)).lastInsertRowid);
        insertBody.run(...bodyValues(span, owner));
      }
      for (const share of sharesByTrace(spans)) addToTrace.run(shareValues(share));
      if (all.length > 0) enqueue.spans(all, last - spans.length + 1, last, spans);
      retain.step();
    },
    update(trace) {
      updateTrace.run(infoValues(trace, undefined));
      enqueue.trace(changeable, trace.traceId);
    },
  };
}

/** Finds the row of a resource, or adds it. Anew in every transaction: the one before may have been undone. */
function resourceRowOf(db: DatabaseSync, resource: string | undefined): () => number | null {
  if (resource === undefined) return () => null;
  const insert = db.prepare("INSERT OR IGNORE INTO resource (attributes) VALUES (?)");
  const find = db.prepare("SELECT id FROM resource WHERE attributes = ?");
  return () => {
    const found = find.get(resource);
    return found === undefined ? Number(insert.run(resource).lastInsertRowid) : Number(found.id);
  };
}

const INSERT_SPAN = `
  INSERT INTO span (trace_id, span_id, parent_id, name, type, start_us, start_ns, duration_ns, status, chunks, error)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

const INSERT_BODY = `
  INSERT INTO body (id, inputs, outputs, attributes, events, links, status_message, otel, resource)
  VALUES (last_insert_rowid(), ?, ?, ?, ?, ?, ?, ?, ?)`;

/**
 * Takes in what is newly known of a trace. What the program set wins over what the root span says; what
 * another process of the same trace has set stays, so tags and metadata are merged.
 */
const SET_INFO = `
  state = coalesce(:state, nullif(state, 'IN_PROGRESS'), :rootState, 'IN_PROGRESS'),
  tags = coalesce(json_patch(tags, :tags), :tags, tags),
  metadata = coalesce(json_patch(metadata, :metadata), :metadata, metadata),
  client_request_id = coalesce(:clientRequestId, client_request_id),
  experiment_id = coalesce(:experimentId, experiment_id),
  request_preview = coalesce(:requestPreview, request_preview, :rootInputs),
  response_preview = coalesce(:responsePreview, response_preview, :rootOutputs)`;

const ADD_TO_TRACE = `
  INSERT INTO trace (
    trace_id, name, start_us, end_us, spans, errors, state, tags, metadata,
    client_request_id, request_preview, response_preview, experiment_id, added_ms
  ) VALUES (
    :traceId, :name, :startUs, :endUs, :spans, :errors, coalesce(:state, :rootState, 'IN_PROGRESS'), :tags, :metadata,
    :clientRequestId, coalesce(:requestPreview, :rootInputs), coalesce(:responsePreview, :rootOutputs),
    :experimentId, :now
  )
  ON CONFLICT (trace_id) DO UPDATE SET
    name = coalesce(name, excluded.name),
    start_us = min(start_us, excluded.start_us),
    end_us = max(end_us, excluded.end_us),
    spans = spans + excluded.spans,
    errors = errors + excluded.errors,
    ${SET_INFO}`;

const UPDATE_TRACE = `UPDATE trace SET ${SET_INFO} WHERE trace_id = :traceId`;

function spanValues(span: FinishedSpan): SQLInputValue[] {
  return [
    span.trace.traceId,
    span.spanId,
    span.parentId ?? null,
    span.name,
    span.spanType,
    span.startUs,
    span.startNs,
    span.durationNs,
    span.status,
    chunkCount(span),
    errorLine(span),
  ];
}

function bodyValues(span: FinishedSpan, resource: number | null): SQLInputValue[] {
  return [
    span.inputs ?? null,
    span.outputs ?? null,
    span.attributesJson ?? null,
    span.finishedEvents.length === 0 ? null : JSON.stringify(span.finishedEvents),
    span.finishedLinks.length === 0 ? null : JSON.stringify(span.finishedLinks),
    span.statusMessage ?? null,
    span.otel === undefined ? null : JSON.stringify(span.otel),
    resource,
  ];
}

/** Events named so hold the items of a stream, as MLflow has it. */
const CHUNK_EVENT = "mlflow.chunk.item.";

function chunkCount({ finishedEvents }: FinishedSpan): number {
  let count = 0;
  for (const { name } of finishedEvents) if (name.startsWith(CHUNK_EVENT)) count++;
  return count;
}

function errorLine({ status, statusMessage, finishedEvents }: FinishedSpan): string | null {
  if (status !== "ERROR") return null;
  const exception = finishedEvents.findLast(({ name }) => name === "exception")?.attributes;
  const thrown = [exception?.["exception.type"], exception?.["exception.message"]].filter(Boolean).join(": ");
  return cut(thrown || statusMessage || "", ERROR_LENGTH) || null;
}

/** What one batch says of one trace. */
interface TraceShare {
  info: TraceInfo;
  root: FinishedSpan | undefined;
  startUs: number;
  endUs: number;
  spans: number;
  errors: number;
}

function sharesByTrace(spans: readonly FinishedSpan[]): Iterable<TraceShare> {
  const shares = new Map<string, TraceShare>();
  for (const span of spans) {
    const { traceId } = span.trace;
    let share = shares.get(traceId);
    if (share === undefined) {
      share = { info: span.trace, root: undefined, startUs: span.startUs, endUs: 0, spans: 0, errors: 0 };
      shares.set(traceId, share);
    }
    // The last one to end knows most of its trace.
    share.info = span.trace;
    if (span.parentId === undefined) share.root ??= span;
    share.startUs = Math.min(share.startUs, span.startUs);
    share.endUs = Math.max(share.endUs, span.startUs + Math.floor((span.startNs + span.durationNs) / 1000));
    share.spans++;
    if (span.status === "ERROR") share.errors++;
  }
  return shares.values();
}

function shareValues({ info, root, startUs, endUs, spans, errors }: TraceShare): Record<string, SQLInputValue> {
  return { ...infoValues(info, root), now: Date.now(), name: root?.name ?? null, startUs, endUs, spans, errors };
}

function infoValues(trace: TraceInfo, root: FinishedSpan | undefined): Record<string, SQLInputValue> {
  return {
    traceId: trace.traceId,
    state: trace.state ?? null,
    tags: trace.tags === undefined ? null : JSON.stringify(trace.tags),
    metadata: trace.metadata === undefined ? null : JSON.stringify(trace.metadata),
    clientRequestId: trace.clientRequestId ?? null,
    requestPreview: trace.requestPreview ?? null,
    responsePreview: trace.responsePreview ?? null,
    experimentId: trace.experimentId ?? null,
    rootState: rootState(root) ?? null,
    rootInputs: cutPreview(root?.inputs, "user") ?? null,
    rootOutputs: cutPreview(root?.outputs, "assistant") ?? null,
  };
}

/** What a root span says of its trace's state. */
export function rootState(root: FinishedSpan | undefined): "OK" | "ERROR" | undefined {
  if (root === undefined) return undefined;
  return root.status === "ERROR" ? "ERROR" : "OK";
}

/** A trace's preview of its root's inputs or outputs. */
export function cutPreview(json: string | undefined, role: "user" | "assistant"): string | undefined {
  return json === undefined ? undefined : cut(previewOf(json, role), PREVIEW_LENGTH);
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half of a surrogate pair is no character.
  return `${text.slice(0, length - 3).replace(/[\uD800-\uDBFF]$/, "")}...`;
}
