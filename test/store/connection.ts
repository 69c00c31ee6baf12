import { DatabaseSync } from "node:sqlite";
import { onTestFinished, vi } from "vitest";
import type { Destination } from "../../runtime/delivery/destination.ts";
import { openStore } from "../../runtime/delivery/store.ts";

/** A store and its own connection, to which a test may give a limit of SQLite's. */
export function openedWithConnection(path: string): { readonly store: Destination; readonly db: DatabaseSync } {
  const exec = vi.spyOn(DatabaseSync.prototype, "exec");
  const store = openStore(path);
  onTestFinished(() => store.close());
  const db = exec.mock.contexts.at(-1);
  exec.mockRestore();
  if (!(db instanceof DatabaseSync)) throw new Error("the store ran nothing on a connection");
  return { store, db };
}
