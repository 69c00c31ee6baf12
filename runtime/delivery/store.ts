/**
 * The embedded store: a SQLite file that takes spans as they end, from any number of processes at once.
 *
 * Every batch is one transaction, so a process that is killed leaves whole batches. A batch is in the file's
 * write-ahead log when `write` returns; it survives the end of the process, however it ends.
 */

import { StoreFile } from "./connection.ts";
import type { Destination, FinishedSpan, TraceInfo } from "./destination.ts";
import { type Origin, type RowWriter, rowWriter } from "./rows.ts";

/** Where the store is when nothing says otherwise, relative to the folder a program runs in. */
export const DEFAULT_STORE = ".spanwright/traces.db";

/** Milliseconds a write waits for a lock, when the write before it succeeded. After one that failed, none waits. */
const PATIENCE_MS = 1000;
const DRAIN_PATIENCE_MS = 2000;

/** A store that nothing is sent from. */
const NOWHERE: Origin = { resource: undefined, targets: [], retention: {} };

/**
 * Opens the store at `path`, creating the file, its folder, and what an older version lacks. The folder is
 * its owner's alone, and hidden from git by a `.gitignore` of its own, if it is new; so is the file. Methods
 * of the store throw `DeliveryError` and nothing else.
 *
 * @param origin who makes the spans, and where they are to be sent later
 * @throws DeliveryError a row of failures.ts; only a locked (`SW2007`) and a full (`SW2008`) store
 *   may be tried again. A file that is no store, or a newer one, is left as it is.
 */
export function openStore(path: string, origin: Origin = NOWHERE): Destination {
  return new SqliteStore(path, origin);
}

class SqliteStore implements Destination {
  readonly #file: StoreFile<RowWriter>;
  #lastWriteFailed = false;
  /** On the monotonic clock, milliseconds. */
  #drainedBy: number | undefined;

  constructor(path: string, origin: Origin) {
    this.#file = new StoreFile(path, (db) => rowWriter(db, origin), PATIENCE_MS);
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
    this.#file.close();
  }

  #transaction(work: (rows: RowWriter) => void): void {
    const patienceMs = this.#patience();
    this.#lastWriteFailed = true;
    this.#file.transaction(patienceMs, work);
    this.#lastWriteFailed = false;
  }

  #patience(): number {
    if (this.#drainedBy !== undefined) return Math.max(0, Math.ceil(this.#drainedBy - performance.now()));
    return this.#lastWriteFailed ? 0 : PATIENCE_MS;
  }
}
