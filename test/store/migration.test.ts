import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { DeliveryError } from "../../runtime/delivery/destination.ts";
import { migrate, storeVersion } from "../../runtime/delivery/schema.ts";
import { newFolder } from "./folder.ts";

const steps = [
  "CREATE TABLE note (text TEXT); INSERT INTO note VALUES ('one')",
  "ALTER TABLE note ADD COLUMN author TEXT DEFAULT 'nobody'",
  "UPDATE note SET text = text || ', three'",
];

function newDatabase(): DatabaseSync {
  const db = new DatabaseSync(join(newFolder(), "traces.db"));
  onTestFinished(() => db.close());
  return db;
}

const notes = (db: DatabaseSync) => ({ ...db.prepare("SELECT * FROM note").get() });

test.for([0, 1, 2, 3])("a store of version %i is brought to the newest version by the steps it lacks", (version) => {
  const db = newDatabase();
  migrate(db, "traces.db", steps.slice(0, version));
  migrate(db, "traces.db", steps);
  expect(storeVersion(db, "traces.db", steps.length)).toBe(3);
  expect(notes(db)).toEqual({ text: "one, three", author: "nobody" });
});

test("a migration that fails leaves the store as it was", () => {
  const db = newDatabase();
  migrate(db, "traces.db", steps.slice(0, 1));
  expect(() => migrate(db, "traces.db", [...steps, "CREATE TABLE note (text TEXT)"])).toThrow("already exists");
  expect(storeVersion(db, "traces.db")).toBe(1);
  expect(notes(db)).toEqual({ text: "one" });
  expect(db.isTransaction).toBe(false);
});

test("a store newer than the steps is refused", () => {
  const db = newDatabase();
  migrate(db, "traces.db", steps);
  expect(() => migrate(db, "traces.db", steps.slice(0, 2))).toThrow(DeliveryError);
});
