import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { openedWithConnection } from "./connection.ts";
import { newFolder } from "./folder.ts";
import { finishedSpan } from "./spans.ts";

/** Writes to a store that another connection may lock; each write says how long it was ready to wait, in milliseconds. */
function lockableStore() {
  const path = join(newFolder(), "traces.db");
  const { store, db } = openedWithConnection(path);
  const other = new DatabaseSync(path);
  onTestFinished(() => other.close());
  return {
    lock: () => other.exec("BEGIN IMMEDIATE"),
    unlock: () => other.exec("COMMIT"),
    drain: () => store.drain(),
    write() {
      let outcome = "written";
      try {
        store.write([finishedSpan()]);
      } catch {
        outcome = "refused";
      }
      return { outcome, patience: Number(db.prepare("PRAGMA busy_timeout").get()?.timeout) };
    },
  };
}

test("a write waits for a lock up to a second, those after one that failed do not wait, until one succeeds", () => {
  const store = lockableStore();
  expect(store.write()).toEqual({ outcome: "written", patience: 1000 });
  store.lock();
  expect(store.write()).toEqual({ outcome: "refused", patience: 1000 });
  expect(store.write()).toEqual({ outcome: "refused", patience: 0 });
  expect(store.write()).toEqual({ outcome: "refused", patience: 0 });
  store.unlock();
  expect(store.write()).toEqual({ outcome: "written", patience: 0 });
  expect(store.write()).toEqual({ outcome: "written", patience: 1000 });
});

test("at the end of the process all writes together wait up to two seconds, also after one that failed", () => {
  const store = lockableStore();
  store.lock();
  store.write();
  store.drain();
  const first = store.write();
  const second = store.write();
  expect(first.outcome).toBe("refused");
  expect(first.patience).toBeGreaterThan(1000);
  expect(first.patience).toBeLessThanOrEqual(2000);
  expect(second).toEqual({ outcome: "refused", patience: 0 });
});
