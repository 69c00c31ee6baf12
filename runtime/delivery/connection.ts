/**
 * A connection to the file of the embedded store: opens it with care for what may be there, follows it when
 * it is deleted and made anew, and runs transactions.
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { failure, failureOf } from "./failures.ts";
import { migrate, SCHEMA_VERSION, storeVersion } from "./schema.ts";
import { loadSqlite } from "./sqlite.ts";

/** A store's file, open for writing. Its methods throw `DeliveryError` and nothing else. */
export class StoreFile<Statements> {
  /** Absolute. */
  readonly path: string;
  readonly #prepare: (db: DatabaseSync) => Statements;
  /** Absent between two attempts to open a file anew. */
  #connection: Connection<Statements> | undefined;
  #closed = false;

  /**
   * Opens the file, creating it, its folder, and what an older version lacks.
   *
   * @param prepare makes the statements of a connection
   * @param patienceMs how long to wait for a lock
   */
  constructor(path: string, prepare: (db: DatabaseSync) => Statements, patienceMs: number) {
    // Absolute, so that a later change of folder, or a name that SQLite reads as a URI, changes nothing.
    this.path = process.getBuiltinModule("node:path").resolve(path);
    this.#prepare = prepare;
    this.#connection = connect(this.path, prepare, patienceMs);
  }

  /** Runs work in one transaction, which waits for a lock at most so many milliseconds. */
  transaction<T>(patienceMs: number, work: (statements: Statements) => T): T {
    if (this.#closed) throw failure("closed", this.path);
    try {
      return runTransaction(this.#connected(patienceMs), this.path, patienceMs, work);
    } catch (thrown) {
      throw failureOf(thrown, this.path);
    }
  }

  close(): void {
    this.#closed = true;
    try {
      this.#disconnect();
    } catch (thrown) {
      throw failureOf(thrown, this.path);
    }
  }

  /** A program may run on while its traces are deleted: the old connection would keep writing to a nameless file. */
  #connected(patienceMs: number): Connection<Statements> {
    // The old one first: closing it late could take the new file's log with it.
    if (this.#connection !== undefined && isGone(this.#connection.file, this.path)) this.#disconnect();
    this.#connection ??= connect(this.path, this.#prepare, patienceMs);
    return this.#connection;
  }

  #disconnect(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.db.close();
  }
}

/** An open store: the connection, the file it is connected to, and the statements of a transaction. */
interface Connection<Statements> {
  readonly db: DatabaseSync;
  readonly file: FileIdentity;
  readonly begin: StatementSync;
  readonly commit: StatementSync;
  readonly version: StatementSync;
  readonly statements: Statements;
  patienceMs: number;
}

interface FileIdentity {
  readonly dev: number;
  readonly ino: number;
}

function connect<Statements>(
  path: string,
  prepare: (db: DatabaseSync) => Statements,
  patienceMs: number,
): Connection<Statements> {
  let db: DatabaseSync | undefined;
  try {
    const { DatabaseSync } = loadSqlite(path);
    const isNew = createFile(path);
    if (!isNew) refuseForeign(new DatabaseSync(path, { readOnly: true, timeout: patienceMs }), path);
    db = new DatabaseSync(path, { timeout: patienceMs });
    if (db.prepare("PRAGMA journal_mode").get()?.journal_mode !== "wal") db.exec("PRAGMA journal_mode = WAL");
    // A checkpoint runs inside a COMMIT, on the program's thread: too many pages at once hold the program up, too few
    // wait for the disk too often.
    db.exec("PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864");
    migrate(db, path);
    return {
      db,
      file: identify(path) ?? { dev: 0, ino: 0 },
      begin: db.prepare("BEGIN IMMEDIATE"),
      commit: db.prepare("COMMIT"),
      version: db.prepare("PRAGMA user_version"),
      statements: prepare(db),
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

function isGone(file: FileIdentity, path: string): boolean {
  const now = identify(path);
  return now?.ino !== file.ino || now.dev !== file.dev;
}

function runTransaction<Statements, T>(
  connection: Connection<Statements>,
  path: string,
  patienceMs: number,
  work: (statements: Statements) => T,
): T {
  const { db } = connection;
  if (connection.patienceMs !== patienceMs) {
    db.exec(`PRAGMA busy_timeout = ${patienceMs}`);
    connection.patienceMs = patienceMs;
  }
  connection.begin.run();
  try {
    // A newer spanwright may have migrated the store since this one opened it.
    if (connection.version.get()?.user_version !== SCHEMA_VERSION) storeVersion(db, path);
    const result = work(connection.statements);
    connection.commit.run();
    return result;
  } finally {
    if (db.isTransaction) db.exec("ROLLBACK");
  }
}
