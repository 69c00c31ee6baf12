import { spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { DeliveryError, type Destination } from "../../runtime/delivery/destination.ts";
import { openReader } from "../../runtime/delivery/reader.ts";
import { SCHEMA_VERSION } from "../../runtime/delivery/schema.ts";
import { openStore } from "../../runtime/delivery/store.ts";
import { openedWithConnection } from "./connection.ts";
import { newFolder } from "./folder.ts";
import { finishedSpan, fullBatch } from "./spans.ts";

const openScript = join(import.meta.dirname, "processes/open.ts");

/** What `work` throws, as far as a user sees it. */
function refusal(work: () => unknown): { code: string; retry: boolean; message: string; remedy: string } {
  try {
    work();
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    const { code, retry, message, remedy } = error;
    return { code, retry, message, remedy };
  }
  throw new Error("nothing was thrown");
}

/** A store with one span, closed. */
function newStore(): string {
  const path = join(newFolder(), "traces.db");
  const store = openStore(path);
  store.write([finishedSpan()]);
  store.close();
  return path;
}

/** Another connection to the file, as a database browser would have it. */
function otherConnection(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  onTestFinished(() => db.close());
  return db;
}

function opened(path: string): Destination {
  const store = openStore(path);
  onTestFinished(() => store.close());
  return store;
}

test.for<[who: string, open: (path: string) => unknown]>([
  ["the program", openStore],
  ["a reader", openReader],
])("%s refuses a newer store, names both versions and leaves the file as it is", ([, open]) => {
  const path = newStore();
  const db = new DatabaseSync(path);
  db.exec("PRAGMA journal_mode = DELETE; PRAGMA user_version = 9");
  db.close();
  const before = readFileSync(path);

  expect(refusal(() => open(path))).toEqual({
    code: "SW2003",
    retry: false,
    message: `the trace store ${path} was written by a newer spanwright: it has version 9, this spanwright knows versions up to ${SCHEMA_VERSION}; it was left as it is`,
    remedy: "Update spanwright here, or choose another path for the store.",
  });
  expect(readFileSync(path)).toEqual(before);
});

test("a store that becomes newer while the program runs takes no more spans", () => {
  const path = newStore();
  const store = opened(path);
  const db = otherConnection(path);
  db.exec("PRAGMA user_version = 99");
  expect(refusal(() => store.write([finishedSpan()]))).toMatchObject({ code: "SW2003", retry: false });
  expect(db.prepare("SELECT count(*) AS n FROM span").get()?.n).toBe(1);
});

function textFile(path: string): void {
  writeFileSync(path, "Dear diary, ".repeat(1000));
}

function foreignTables(version: number): (path: string) => void {
  return (path) => {
    const db = new DatabaseSync(path);
    db.exec(`CREATE TABLE diary (entry TEXT); PRAGMA user_version = ${version}`);
    db.close();
  };
}

test.for<[what: string, create: (path: string) => void]>([
  ["a file that is no database", textFile],
  ["another program's database", foreignTables(0)],
  ["another program's database with a version", foreignTables(1)],
])("%s is refused and left as it is", ([, create]) => {
  const path = join(newFolder(), "diary");
  create(path);
  const before = readFileSync(path);
  expect(refusal(() => openStore(path))).toMatchObject({
    code: "SW2002",
    retry: false,
    message: `${path} is not a spanwright store; it was left as it is`,
  });
  expect(refusal(() => openReader(path))).toMatchObject({ code: "SW2002" });
  expect(readFileSync(path)).toEqual(before);
});

test.for<[what: string, path: string]>([
  ["a file in place of its folder", "file/traces.db"],
  ["a file in place of a folder above", "file/deeper/traces.db"],
  ["a folder in place of the file", "folder"],
])("a path that leads nowhere is refused: %s", ([, path]) => {
  const folder = newFolder();
  writeFileSync(join(folder, "file"), "");
  mkdirSync(join(folder, "folder"));
  expect(refusal(() => openStore(join(folder, path)))).toMatchObject({ code: "SW2006", retry: false });
});

test("a reader refuses a folder in place of the file", () => {
  expect(refusal(() => openReader(newFolder()))).toMatchObject({ code: "SW2006" });
});

test("without node:sqlite there is no store, and no file", () => {
  const folder = newFolder();
  const { stdout } = spawnSync(process.execPath, ["--no-experimental-sqlite", openScript, join(folder, "traces.db")]);
  expect(JSON.parse(stdout.toString())).toMatchObject({ code: "SW2001", retry: false });
  expect(readdirSync(folder)).toEqual([]);
});

/** What a user without rights in other people's folders gets to see. */
function refusalOfNobody(path: string): unknown {
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout, stderr } = spawnSync(process.execPath, [openScript, path], { encoding: "utf8", ...user });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

test.for<[what: string, forbid: (path: string, folder: string) => void]>([
  [
    "a folder it may not write, without a store",
    (path, folder) => {
      rmSync(path);
      chmodSync(folder, 0o555);
    },
  ],
  [
    "a folder it may not write, with a store",
    (path, folder) => {
      chmodSync(path, 0o666);
      chmodSync(folder, 0o555);
    },
  ],
  [
    "a file it may not write",
    (path, folder) => {
      chmodSync(path, 0o444);
      chmodSync(folder, 0o777);
    },
  ],
  [
    "a file it may not read",
    (path, folder) => {
      chmodSync(path, 0o000);
      chmodSync(folder, 0o777);
    },
  ],
  [
    "a folder it may not enter",
    (_path, folder) => {
      chmodSync(folder, 0o000);
    },
  ],
])("a process is told that it lacks the permission: %s", ([, forbid]) => {
  const path = newStore();
  const folder = join(path, "..");
  forbid(path, folder);
  onTestFinished(() => chmodSync(folder, 0o700));
  expect(refusalOfNobody(path)).toMatchObject({
    code: "SW2005",
    retry: false,
    message: `this process has no permission to write the trace store ${path}`,
  });
});

test("a store that can only be read says so", () => {
  const path = newStore();
  const { store, db } = openedWithConnection(path);
  db.exec("PRAGMA query_only = 1");
  expect(refusal(() => store.write([finishedSpan()]))).toMatchObject({ code: "SW2004", retry: false });
});

test("a locked store may be tried again, and then has the batch once", () => {
  const path = newStore();
  const store = opened(path);
  const db = otherConnection(path);
  db.exec("BEGIN IMMEDIATE");
  expect(refusal(() => store.write([finishedSpan()]))).toMatchObject({
    code: "SW2007",
    retry: true,
    message: `the trace store ${path} is locked by another connection`,
  });
  db.exec("COMMIT");
  store.write([finishedSpan()]);
  expect(db.prepare("SELECT spans FROM trace").get()?.spans).toBe(2);
});

test("a full store may be tried again, and keeps whole batches only", () => {
  const { store, db } = openedWithConnection(newStore());
  const { page_count } = db.prepare("PRAGMA page_count").get() ?? {};
  db.exec(`PRAGMA max_page_count = ${page_count}`);
  expect(refusal(() => store.write(fullBatch("b".repeat(32))))).toMatchObject({ code: "SW2008", retry: true });
  expect(db.prepare("SELECT count(*) AS n FROM span").get()?.n).toBe(1);

  db.exec("PRAGMA max_page_count = 1000");
  store.write(fullBatch("b".repeat(32)));
  expect(db.prepare("SELECT count(*) AS n FROM span").get()?.n).toBe(65);
});

test("a damaged store says so", () => {
  const path = newStore();
  const store = openStore(path);
  for (let batch = 0; batch < 20; batch++) store.write(fullBatch("b".repeat(32)));
  store.close();
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(4096 * 8, 0xff), 0, 4096 * 8, 4096);
  closeSync(file);
  expect(refusal(() => opened(path).write([finishedSpan()]))).toMatchObject({ code: "SW2009", retry: false });
});

test("a closed store and a closed reader say so", () => {
  const path = newStore();
  const store = openStore(path);
  store.close();
  const reader = openReader(path);
  reader.close();
  expect(refusal(() => store.write([finishedSpan()]))).toMatchObject({ code: "SW2011", retry: false });
  expect(refusal(() => reader.traces({ limit: 1 }))).toMatchObject({ code: "SW2011" });
});

test("closing twice is closing", () => {
  const path = newStore();
  const store = openStore(path);
  store.close();
  store.close();
  const reader = openReader(path);
  reader.close();
  expect(() => reader.close()).not.toThrow();
});

test.for<[what: string, create: (path: string) => void]>([
  ["no file", () => {}],
  ["a file that nothing was written to", (path) => writeFileSync(path, "")],
])("a reader finds no store: %s", ([, create]) => {
  const path = join(newFolder(), "traces.db");
  create(path);
  expect(refusal(() => openReader(path))).toEqual({
    code: "SW2010",
    retry: false,
    message: `there is no trace store at ${path}`,
    remedy: "Run a traced program from this folder first, or name another store: spanwright show --store <path>",
  });
});
