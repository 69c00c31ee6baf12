import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openReader } from "../../runtime/delivery/reader.ts";
import { openStore } from "../../runtime/delivery/store.ts";
import { newFolder } from "./folder.ts";
import { finishedSpan } from "./spans.ts";

const modeOf = (path: string) => statSync(path).mode & 0o777;

function spansIn(path: string): number {
  const reader = openReader(path);
  try {
    return reader.traces({ limit: 100 }).reduce((sum, { spans }) => sum + spans, 0);
  } finally {
    reader.close();
  }
}

test("a new folder is its owner's alone and hides itself from git", () => {
  const folder = join(newFolder(), "project", ".spanwright");
  openStore(join(folder, "traces.db")).close();
  expect(modeOf(folder)).toBe(0o700);
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
});

test("a folder that was there gets no .gitignore", () => {
  const folder = newFolder();
  openStore(join(folder, "traces.db")).close();
  expect(readdirSync(folder)).toEqual(["traces.db"]);
});

test("the files are their owner's alone", () => {
  const folder = newFolder();
  const store = openStore(join(folder, "traces.db"));
  store.write([finishedSpan()]);
  expect(readdirSync(folder).map((file) => [file, modeOf(join(folder, file))])).toEqual([
    ["traces.db", 0o600],
    ["traces.db-shm", 0o600],
    ["traces.db-wal", 0o600],
  ]);
  store.close();
});

test("opening a store again keeps its spans", () => {
  const path = join(newFolder(), "traces.db");
  for (let time = 0; time < 3; time++) {
    const store = openStore(path);
    store.write([finishedSpan()]);
    store.close();
  }
  expect(spansIn(path)).toBe(3);
});

test("a file of no bytes becomes a store", () => {
  const path = join(newFolder(), "traces.db");
  writeFileSync(path, "");
  const store = openStore(path);
  store.write([finishedSpan()]);
  store.close();
  expect(spansIn(path)).toBe(1);
});

test.for([":memory:", "file:traces.db?mode=memory"])("a store named %s is a file like any other", (name) => {
  const folder = newFolder();
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));
  process.chdir(folder);
  openStore(name).close();
  expect(readdirSync(folder)).toEqual([name]);
});

test("a store stays where it was opened when the program changes its folder", () => {
  const folder = newFolder();
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  const before = process.cwd();
  onTestFinished(() => process.chdir(before));

  process.chdir(folder);
  const store = openStore("traces.db");
  process.chdir(elsewhere);
  store.write([finishedSpan()]);
  store.close();

  expect(readdirSync(elsewhere)).toEqual([]);
  expect(spansIn(join(folder, "traces.db"))).toBe(1);
});

test("a store deleted while the program runs is created anew by the next batch", () => {
  const folder = join(newFolder(), ".spanwright");
  const path = join(folder, "traces.db");
  const store = openStore(path);
  store.write([finishedSpan()]);
  rmSync(folder, { recursive: true });
  store.write([finishedSpan(), finishedSpan()]);
  store.write([finishedSpan()]);
  store.close();
  expect(spansIn(path)).toBe(3);
});
