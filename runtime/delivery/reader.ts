/** Reads the embedded store, while programs may be writing to it. */

import type { DatabaseSync, SQLOutputValue, StatementSync } from "node:sqlite";
import type { FinishedEvent, FinishedLink, StatusCode } from "./destination.ts";
import { failure, failureOf } from "./failures.ts";
import { storeVersion } from "./schema.ts";
import { loadSqlite } from "./sqlite.ts";

/** A trace, as far as its spans are written. */
export interface StoredTrace {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** Name of the root span; `undefined` until the root is written. */
  readonly name: string | undefined;
  /** Start of the earliest span, microseconds since the Unix epoch. */
  readonly startUs: number;
  /** End of the latest span, microseconds since the Unix epoch. */
  readonly endUs: number;
  /** Number of spans. */
  readonly spans: number;
  /** Number of spans with the status `ERROR`. */
  readonly errors: number;
  /** What the program set, else what the root span's status says, `IN_PROGRESS` until the root is written. */
  readonly state: "OK" | "ERROR" | "IN_PROGRESS";
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly clientRequestId: string | undefined;
  /** What the program set, else the root's inputs, cut to 1000 characters. */
  readonly requestPreview: string | undefined;
  /** What the program set, else the root's outputs, cut to 1000 characters. */
  readonly responsePreview: string | undefined;
  /** MLflow's experiment; `undefined`: none was named. */
  readonly experimentId: string | undefined;
}

/** A span without its payload. */
export interface StoredSpan {
  /** What {@link StoreReader.body} takes. Rows are numbered in the order they were written. */
  readonly row: number;
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly spanType: string;
  /** Microseconds since the Unix epoch. */
  readonly startUs: number;
  /** Nanoseconds of the start beyond `startUs`, 0 to 999. */
  readonly startNs: number;
  readonly durationNs: number;
  readonly status: StatusCode;
  /** Items a stream has yielded, as far as they were captured. */
  readonly chunks: number;
  /** Why a span with the status `ERROR` failed: `type: message` of its exception, or its status message; cut to 500 characters. */
  readonly error: string | undefined;
}

/** The payload of a span. */
export interface StoredBody {
  /** JSON text. */
  readonly inputs: string | undefined;
  /** JSON text. */
  readonly outputs: string | undefined;
  /** JSON text of an object. */
  readonly attributesJson: string | undefined;
  readonly events: readonly FinishedEvent[];
  readonly links: readonly FinishedLink[];
  readonly statusMessage: string | undefined;
}

/** Which traces to list. */
export interface TraceQuery {
  /** At most so many. */
  readonly limit: number;
  /** Only traces whose id begins with these digits. */
  readonly prefix?: string;
}

/** What a store holds and what has become of the spans that went through it. */
export interface StoreStats {
  readonly traces: number;
  readonly spans: number;
  /** Bytes in use of the file, what deleted traces left behind not counted. */
  readonly bytes: number;
  /** By target: its kind and its address. */
  readonly targets: ReadonlyMap<string, StoredTargetStats>;
}

/** Spans of one target, of all processes. */
export interface StoredTargetStats {
  /** Waiting to be sent. */
  readonly pending: number;
  readonly sent: number;
  /** No longer to be sent, by the code of the reason. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** A store open for reading. Its methods throw `DeliveryError` and nothing else. */
export interface StoreReader {
  /** The newest traces, newest first. */
  traces(query: TraceQuery): StoredTrace[];
  /** The trace with this id, or the only one whose id begins so, and its spans in the order they were written. */
  trace(idOrPrefix: string): { readonly trace: StoredTrace; readonly spans: StoredSpan[] } | undefined;
  /** The payload of the span in this row. */
  body(row: number): StoredBody | undefined;
  stats(): StoreStats;
  close(): void;
}

/** Milliseconds to wait for a lock. Readers wait for nobody but a process that opens or closes the store. */
const PATIENCE_MS = 1000;

/**
 * Opens the store at `path` for reading only.
 *
 * @throws DeliveryError `SW2010` when there is no store, or none that anything was written to yet; else as `openStore`.
 */
export function openReader(path: string): StoreReader {
  return new SqliteReader(path);
}

class SqliteReader implements StoreReader {
  readonly #path: string;
  readonly #db: DatabaseSync;
  readonly #newest: StatementSync;
  readonly #matching: StatementSync;
  readonly #spans: StatementSync;
  readonly #body: StatementSync;

  constructor(path: string) {
    this.#path = process.getBuiltinModule("node:path").resolve(path);
    this.#db = connect(this.#path);
    this.#newest = this.#db.prepare("SELECT * FROM trace ORDER BY start_us DESC, trace_id DESC LIMIT ?");
    // No hexadecimal digit is as great as "g".
    this.#matching = this.#db.prepare(
      "SELECT * FROM trace WHERE trace_id >= ? AND trace_id < ? || 'g' ORDER BY start_us DESC, trace_id DESC LIMIT ?",
    );
    this.#spans = this.#db.prepare("SELECT * FROM span WHERE trace_id = ? ORDER BY id");
    this.#body = this.#db.prepare("SELECT * FROM body WHERE id = ?");
  }

  traces({ limit, prefix }: TraceQuery): StoredTrace[] {
    return this.#read(() =>
      (prefix === undefined ? this.#newest.all(limit) : this.#matching.all(prefix, prefix, limit)).map(toTrace),
    );
  }

  trace(idOrPrefix: string): { readonly trace: StoredTrace; readonly spans: StoredSpan[] } | undefined {
    return this.#read(() => {
      const [row, another] = this.#matching.all(idOrPrefix, idOrPrefix, 2);
      if (row === undefined || another !== undefined) return undefined;
      const trace = toTrace(row);
      return { trace, spans: this.#spans.all(trace.traceId).map(toSpan) };
    });
  }

  body(row: number): StoredBody | undefined {
    return this.#read(() => {
      const found = this.#body.get(row);
      return found === undefined ? undefined : toBody(found);
    });
  }

  stats(): StoreStats {
    return this.#read(() => {
      const { traces, spans, bytes } = this.#db.prepare(STORE_STATS).get() ?? {};
      const targets = new Map<string, { pending: number; sent: number; dropped: Record<string, number> }>();
      for (const { target, what, spans: count } of this.#db.prepare(TARGET_STATS).all()) {
        const name = String(target);
        const stats = targets.get(name) ?? { pending: 0, sent: 0, dropped: {} };
        targets.set(name, stats);
        if (what === "pending" || what === "sent") stats[what] = Number(count);
        else stats.dropped[String(what)] = Number(count);
      }
      return { traces: Number(traces), spans: Number(spans), bytes: Number(bytes), targets };
    });
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  /** One transaction, so that all of an answer is of the same moment. */
  #read<T>(work: () => T): T {
    try {
      this.#db.exec("BEGIN");
      try {
        return work();
      } finally {
        this.#db.exec("COMMIT");
      }
    } catch (thrown) {
      throw failureOf(thrown, this.#path);
    }
  }
}

function connect(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    const found = process.getBuiltinModule("node:fs").statSync(path, { throwIfNoEntry: false });
    if (found === undefined) throw failure("absent", path);
    if (!found.isFile()) throw failure("unreachable", path, "it is not a file");
    const { DatabaseSync } = loadSqlite(path);
    db = new DatabaseSync(path, { readOnly: true, timeout: PATIENCE_MS });
    if (storeVersion(db, path) === 0) throw failure("absent", path);
    return db;
  } catch (thrown) {
    db?.close();
    throw failureOf(thrown, path);
  }
}

const STORE_STATS = `
  SELECT
    (SELECT count(*) FROM trace) AS traces,
    (SELECT count(*) FROM span) AS spans,
    (page_count - freelist_count) * page_size AS bytes
  FROM pragma_page_count, pragma_freelist_count, pragma_page_size`;

const TARGET_STATS = `
  SELECT target, what, spans FROM tally
  UNION ALL
  SELECT target, 'pending', sum(spans) FROM outbox GROUP BY target
  ORDER BY target, what`;

type Row = Record<string, SQLOutputValue>;

const STATES = ["OK", "ERROR", "IN_PROGRESS"] as const;
const STATUSES = ["OK", "ERROR", "UNSET"] as const;

/** A row of the table `trace`. */
export function toTrace(row: Row): StoredTrace {
  return {
    traceId: String(row.trace_id),
    name: text(row.name),
    startUs: Number(row.start_us),
    endUs: Number(row.end_us),
    spans: Number(row.spans),
    errors: Number(row.errors),
    state: STATES.find((state) => state === row.state) ?? "IN_PROGRESS",
    tags: JSON.parse(text(row.tags) ?? "{}"),
    metadata: JSON.parse(text(row.metadata) ?? "{}"),
    clientRequestId: text(row.client_request_id),
    requestPreview: text(row.request_preview),
    responsePreview: text(row.response_preview),
    experimentId: text(row.experiment_id),
  };
}

/** A row of the table `span`. */
export function toSpan(row: Row): StoredSpan {
  return {
    row: Number(row.id),
    traceId: String(row.trace_id),
    spanId: String(row.span_id),
    parentId: text(row.parent_id),
    name: String(row.name),
    spanType: String(row.type),
    startUs: Number(row.start_us),
    startNs: Number(row.start_ns),
    durationNs: Number(row.duration_ns),
    status: STATUSES.find((status) => status === row.status) ?? "UNSET",
    chunks: Number(row.chunks),
    error: text(row.error),
  };
}

/** A row of the table `body`. */
export function toBody(row: Row): StoredBody {
  return {
    inputs: text(row.inputs),
    outputs: text(row.outputs),
    attributesJson: text(row.attributes),
    events: JSON.parse(text(row.events) ?? "[]"),
    links: JSON.parse(text(row.links) ?? "[]"),
    statusMessage: text(row.status_message),
  };
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
