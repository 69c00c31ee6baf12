/**
 * The embedded store: a SQLite file that takes spans as they end, from any number of processes at once.
 *
 * Every batch is one transaction, so a process that is killed leaves whole batches. A batch is in the file's
 * write-ahead log when `write` returns; it survives the end of the process, however it ends.
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Destination, FinishedSpan, TraceInfo } from "./destination.ts";
import { failure, failureOf } from "./failures.ts";
import { type RowWriter, rowWriter } from "./rows.ts";
import { migrate, SCHEMA_VERSION, storeVersion } from "./schema.ts";
import { loadSqlite } from "./sqlite.ts";

/** Where the store is when nothing says otherwise, relative to the folder a program runs in. */
export const DEFAULT_STORE = ".spanwright/traces.db";

/** Milliseconds a write waits for a lock, when the write before it succeeded. After one that failed, none waits. */
const PATIENCE_MS = 1000;
const DRAIN_PATIENCE_MS = 2000;

/**
 * Opens the store at `path`, creating the file, its folder, and what an older version lacks. The folder is
 * its owner's alone, and hidden from git by a `.gitignore` of its own, if it is new; so is the file. Methods
 * of the store throw `DeliveryError` and nothing else.
 *
 * @throws DeliveryError a row of failures.ts; only a locked (`SW2007`) and a full (`SW2008`) store
 *   may be tried again. A file that is no store, or a newer one, is left as it is.
 */
export function openStore(path: string): Destination {
  return new SqliteStore(path);
}

class SqliteStore implements Destination {
  readonly #path: string;
  /** Absent between two attempts to open a file anew. */
  #connection: Connection | undefined;
  #closed = false;
  #lastWriteFailed = false;
  /** On the monotonic clock, milliseconds. */
  #drainedBy: number | undefined;

  constructor(path: string) {
    // Absolute, so that a later change of folder, or a name that SQLite reads as a URI, changes nothing.
    this.#path = process.getBuiltinModule("node:path").resolve(path);
    this.#connection = connect(this.#path, PATIENCE_MS);
  }

  write(spans: readonly FinishedSpan[]): void {
    this.#transaction((rows) => rows.add(spans));
  }

  update(trace: TraceInfo): void {
    this.#transaction((rows) => rows.update(trace));
  }

  drain(): void {
    this.#drainedBy ??= performance.now() + DRAIN_PATIENCE_MS;
  }

  close(): void {
    this.#closed = true;
    try {
      this.#disconnect();
    } catch (thrown) {
      throw failureOf(thrown, this.#path);
    }
  }

  #transaction(work: (rows: RowWriter) => void): void {
    if (this.#closed) throw failure("closed", this.#path);
    const patienceMs = this.#patience();
    this.#lastWriteFailed = true;
    try {
      runTransaction(this.#connected(patienceMs), this.#path, patienceMs, work);
    } catch (thrown) {
      throw failureOf(thrown, this.#path);
    }
    this.#lastWriteFailed = false;
  }

  /** A program may run on while its traces are deleted: the old connection would keep writing to a nameless file. */
  #connected(patienceMs: number): Connection {
    // The old one first: closing it late could take the new file's log with it.
    if (this.#connection !== undefined && isGone(this.#connection, this.#path)) this.#disconnect();
    this.#connection ??= connect(this.#path, patienceMs);
    return this.#connection;
  }

  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.db.close();
  }

  #patience(): number {
    if (this.#drainedBy !== undefined) return Math.max(0, Math.ceil(this.#drainedBy - performance.now()));
    return this.#lastWriteFailed ? 0 : PATIENCE_MS;
  }
}

/** An open store: the connection, the file it is connected to, and the statements of a transaction. */
interface Connection {
  readonly db: DatabaseSync;
  readonly file: FileIdentity;
  readonly begin: StatementSync;
  readonly commit: StatementSync;
  readonly version: StatementSync;
  readonly rows: RowWriter;
  patienceMs: number;
}

interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

function connect(path: string, patienceMs: number): Connection {
  let db: DatabaseSync | undefined;
  try {
    const { DatabaseSync } = loadSqlite(path);
    const isNew = createFile(path);
    if (!isNew) refuseForeign(new DatabaseSync(path, { readOnly: true, timeout: patienceMs }), path);
    db = new DatabaseSync(path, { timeout: patienceMs });
    if (db.prepare("PRAGMA journal_mode").get()?.journal_mode !== "wal") db.exec("PRAGMA journal_mode = WAL");
    // A checkpoint runs inside a COMMIT, on the program's thread: rarely, then.
    db.exec("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864");
    migrate(db, path);
    return {
      db,
      file: identify(path) ?? { dev: 0, ino: 0 },
      begin: db.prepare("BEGIN IMMEDIATE"),
      commit: db.prepare("COMMIT"),
      version: db.prepare("PRAGMA user_version"),
      rows: rowWriter(db),
      patienceMs,
    };
  } catch (thrown) {
    db?.close();
    throw failureOf(thrown, path);
  }
}

/** Creates the file and its folder, if need be, and makes sure that both may be written. Says whether the file is new. */
function createFile(path: string): boolean {
  const fs = process.getBuiltinModule("node:fs");
  const { dirname, join } = process.getBuiltinModule("node:path");
  const folder = dirname(path);
  if (createFolder(folder)) fs.writeFileSync(join(folder, ".gitignore"), "*\n");
  const isNew = !fs.existsSync(path);
  // SQLite gives the -wal and -shm files the mode of this one.
  if (isNew) fs.closeSync(fs.openSync(path, "a", 0o600));
  if (!fs.statSync(path).isFile()) throw failure("unreachable", path, "it is not a file");
  // SQLite would only say that it cannot open the file, or quietly open it for reading.
  fs.accessSync(path, fs.constants.R_OK | fs.constants.W_OK);
  fs.accessSync(folder, fs.constants.W_OK);
  return isNew;
}

/**
 * Creates a folder and those around it, one by one: Node's own recursion never ends where a folder exists but
 * takes no other, as those of /proc do. Says whether the folder is new.
 */
function createFolder(folder: string): boolean {
  const fs = process.getBuiltinModule("node:fs");
  const { dirname } = process.getBuiltinModule("node:path");
  if (fs.existsSync(folder)) return false;
  if (dirname(folder) !== folder) createFolder(dirname(folder));
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    // Another process was faster.
    if (fs.existsSync(folder)) return false;
    throw error;
  }
}

/** Looks at an existing file through a connection that cannot write: one that can may alter the file by closing it. */
function refuseForeign(readOnly: DatabaseSync, path: string): void {
  try {
    storeVersion(readOnly, path);
  } finally {
    readOnly.close();
  }
}

function identify(path: string): FileIdentity | undefined {
  return process.getBuiltinModule("node:fs").statSync(path, { throwIfNoEntry: false });
}

function isGone({ file }: Connection, path: string): boolean {
  const now = identify(path);
  return now?.ino !== file.ino || now.dev !== file.dev;
}

function runTransaction(
  connection: Connection,
  path: string,
  patienceMs: number,
  work: (rows: RowWriter) => void,
): void {
  const { db } = connection;
  if (connection.patienceMs !== patienceMs) {
    db.exec(`PRAGMA busy_timeout = ${patienceMs}`);
    connection.patienceMs = patienceMs;
  }
  connection.begin.run();
  try {
    // A newer spanwright may have migrated the store since this one opened it.
    if (connection.version.get()?.user_version !== SCHEMA_VERSION) storeVersion(db, path);
    work(connection.rows);
    connection.commit.run();
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
  }
}
