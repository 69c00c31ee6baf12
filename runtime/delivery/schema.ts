/**
 * The tables of the embedded store, and the steps that lead an older store to them.
 *
 * `span` holds what a list or a tree of spans needs, `body` what a single span shows when it is looked at:
 * a tree of ten thousand spans is read without touching their payloads. Neither table is ever updated.
 * `trace` is the sum of a trace's spans so far.
 *
 * `outbox` holds what has yet to be sent: one row for the spans of one transaction and one target, whose rows
 * in `span` are consecutive, so that waiting costs next to nothing.
 */

import type { DatabaseSync } from "node:sqlite";
import { failure } from "./failures.ts";

/** Marks a SQLite file as a spanwright store, in the header's `application_id`: the letters "spwr". */
const APPLICATION_ID = 0x73_70_77_72;

/** Step `n` leads a store of version `n` to version `n + 1`. A released step never changes. */
const STEPS: readonly string[] = [
  `
  CREATE TABLE trace (
    trace_id TEXT PRIMARY KEY,
    name TEXT,                 -- of the root span; NULL until the root is written
    start_us INTEGER,
    end_us INTEGER,
    spans INTEGER,
    errors INTEGER,            -- spans with the status ERROR
    state TEXT,                -- OK, ERROR, IN_PROGRESS
    tags TEXT,                 -- JSON object of strings, like metadata
    metadata TEXT,
    client_request_id TEXT,
    request_preview TEXT,
    response_preview TEXT
  ) WITHOUT ROWID;
  CREATE INDEX trace_by_start ON trace (start_us);

  CREATE TABLE span (
    id INTEGER PRIMARY KEY,
    trace_id TEXT,
    span_id TEXT,
    parent_id TEXT,
    name TEXT,
    type TEXT,
    start_us INTEGER,
    start_ns INTEGER,          -- beyond start_us
    duration_ns INTEGER,
    status TEXT,
    chunks INTEGER,            -- items a stream has yielded
    error TEXT                 -- of a span with the status ERROR: "type: message" of its exception, or its status message
  );
  CREATE INDEX span_by_trace ON span (trace_id);

  CREATE TABLE body (
    id INTEGER PRIMARY KEY,    -- of the span
    inputs TEXT,               -- JSON texts, as the span had them
    outputs TEXT,
    attributes TEXT,
    events TEXT,
    links TEXT,
    status_message TEXT
  );
  `,
  `
  CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    attributes TEXT UNIQUE     -- JSON object: who made spans, in OpenTelemetry's words
  );
  ALTER TABLE body ADD COLUMN resource INTEGER;
  ALTER TABLE body ADD COLUMN otel TEXT;  -- JSON object of OpenTelemetry's details; NULL when all are the default

  CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    target TEXT,               -- kind and address, without secrets
    trace_id TEXT,             -- a trace that changed after its spans; NULL for spans
    first INTEGER,             -- rows of span, from the first to the last
    last INTEGER,
    spans INTEGER,
    bytes INTEGER,             -- about as many as the spans take when they are sent
    added_ms INTEGER,          -- since the Unix epoch
    attempts INTEGER,
    sender INTEGER             -- who is sending it; NULL: nobody
  );
  CREATE INDEX outbox_by_target ON outbox (target, id);
  CREATE INDEX outbox_by_last ON outbox (last);

  CREATE TABLE sender (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    process TEXT,              -- JSON: where it runs, see lease.ts
    beat INTEGER               -- grows as long as it lives
  );

  CREATE TABLE tally (
    target TEXT,               -- '' for the store itself
    what TEXT,                 -- 'sent', or the code of the reason for which spans were dropped
    spans INTEGER,
    PRIMARY KEY (target, what)
  ) WITHOUT ROWID;

  CREATE TABLE told (
    target TEXT,
    trace_id TEXT,
    note TEXT,                 -- JSON: what the target has been told of the trace as a whole
    PRIMARY KEY (trace_id, target)
  ) WITHOUT ROWID;

  CREATE TRIGGER trace_deleted AFTER DELETE ON trace BEGIN
    DELETE FROM body WHERE id IN (SELECT id FROM span WHERE trace_id = OLD.trace_id);
    DELETE FROM span WHERE trace_id = OLD.trace_id;
    DELETE FROM told WHERE trace_id = OLD.trace_id;
  END;
  `,
  `
  ALTER TABLE trace ADD COLUMN added_ms INTEGER;      -- since the Unix epoch; NULL: by a spanwright before this column
  ALTER TABLE trace ADD COLUMN experiment_id TEXT;    -- of MLflow; NULL: the one of the place where it goes
  `,
  `
  CREATE TABLE assessment (
    id TEXT PRIMARY KEY,
    trace_id TEXT,
    span_id TEXT,              -- NULL: of the trace as a whole
    name TEXT,
    kind TEXT,                 -- feedback, expectation
    value TEXT,                -- JSON text
    error TEXT,                -- JSON object, of feedback that could not be given
    source_type TEXT,          -- HUMAN, LLM_JUDGE, CODE
    source_id TEXT,
    rationale TEXT,
    metadata TEXT,             -- JSON object of strings
    created_ms INTEGER,        -- since the Unix epoch
    updated_ms INTEGER,
    overrides TEXT,            -- the assessment that this one took the place of
    valid INTEGER              -- 0: another one took its place
  ) WITHOUT ROWID;
  CREATE INDEX assessment_by_trace ON assessment (trace_id);

  CREATE TABLE open_span (     -- started by id, to be ended by any process
    span_id TEXT PRIMARY KEY,
    trace_id TEXT,
    parent_id TEXT,
    start TEXT                 -- JSON object: what it was started with
  ) WITHOUT ROWID;
  CREATE INDEX open_span_by_trace ON open_span (trace_id);

  CREATE TRIGGER trace_assessments_deleted AFTER DELETE ON trace BEGIN
    DELETE FROM assessment WHERE trace_id = OLD.trace_id;
    DELETE FROM open_span WHERE trace_id = OLD.trace_id;
  END;
  `,
  `
  CREATE TABLE kept (
    traces INTEGER             -- in the one row: how many there are, which SQLite would count one by one
  );
  INSERT INTO kept SELECT count(*) FROM trace;
  CREATE TRIGGER trace_added AFTER INSERT ON trace BEGIN
    UPDATE kept SET traces = traces + 1;
  END;
  CREATE TRIGGER trace_taken AFTER DELETE ON trace BEGIN
    UPDATE kept SET traces = traces - 1;
  END;
  `,
];

/** In one statement, or another process could migrate the store between two of its answers. */
const HEADER = `
  SELECT user_version AS version, application_id AS application, (SELECT count(*) FROM sqlite_schema) AS tables
  FROM pragma_user_version, pragma_application_id`;

/** Version of a store that {@link migrate} has brought up to date. */
export const SCHEMA_VERSION: number = STEPS.length;

/**
 * Version of the store behind a connection, 0 for an empty file. Writes nothing.
 * Throws `SW2002` when another program's tables are in the file, `SW2003` when the store is newer than `known`.
 */
export function storeVersion(db: DatabaseSync, path: string, known: number = SCHEMA_VERSION): number {
  const { version, application, tables } = db.prepare(HEADER).get() ?? {};
  if (application !== APPLICATION_ID && (version !== 0 || tables !== 0)) throw failure("foreign", path);
  if (Number(version) > known) {
    throw failure("newer", path, `it has version ${version}, this spanwright knows versions up to ${known}`);
  }
  return Number(version);
}

/**
 * Brings the store behind a connection to the newest version, in one transaction. Of several processes that
 * open a store at once, one does the work and the others find it done. Throws what {@link storeVersion} and SQLite throw.
 */
export function migrate(db: DatabaseSync, path: string, steps: readonly string[] = STEPS): void {
  if (storeVersion(db, path, steps.length) === steps.length) return;
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const step of steps.slice(storeVersion(db, path, steps.length))) db.exec(step);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}; COMMIT`);
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
  }
}
