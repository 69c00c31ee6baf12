import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { openReader, type StoreReader } from "../../runtime/delivery/reader.ts";
import { newFolder } from "./folder.ts";

const BATCH = 64;

function start(script: "write" | "open", ...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, `processes/${script}.ts`), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Traces that hold less than the batch they were written with. */
function partialTraces(reader: StoreReader): number {
  return reader.traces({ limit: 10_000 }).filter(({ spans }) => spans !== BATCH).length;
}

test("processes that open a new store at once all can", async () => {
  const path = join(newFolder(), ".spanwright/traces.db");
  const children = Array.from({ length: 8 }, () => start("open", path));
  const ends = children.map(async (child) => ({
    exit: once(child, "exit"),
    problem: await text(child.stdout),
  }));
  for (const { exit, problem } of await Promise.all(ends)) {
    expect(problem).toBe("");
    expect(await exit).toEqual([0, null]);
  }
});

test("two processes write at once while a third reads whole batches, and nothing is lost", async () => {
  const path = join(newFolder(), "traces.db");
  const one = start("write", path, "200", "a");
  const other = start("write", path, "200", "b");
  const exits = Promise.all([once(one, "exit"), once(other, "exit")]);
  other.stdout.resume();
  let reader: StoreReader | undefined;
  let seen = 0;
  for await (const _line of createInterface(one.stdout)) {
    reader ??= openReader(path);
    expect(partialTraces(reader)).toBe(0);
    const now = reader.traces({ limit: 10_000 }).length;
    expect(now).toBeGreaterThanOrEqual(seen);
    seen = now;
  }
  expect((await exits).map(([code]) => code)).toEqual([0, 0]);
  expect(reader?.traces({ limit: 10_000 })).toHaveLength(400);
  reader?.close();
});

test.for([1, 5, 25])("a process killed after %i batches leaves a sound store of whole batches", async (batches) => {
  const path = join(newFolder(), "traces.db");
  const writer = start("write", path, "1000000", "a");
  const exit = once(writer, "exit");
  let acknowledged = 0;
  for await (const _line of createInterface(writer.stdout)) if (++acknowledged === batches) writer.kill("SIGKILL");
  await exit;

  const db = new DatabaseSync(path);
  onTestFinished(() => db.close());
  expect(db.prepare("PRAGMA integrity_check").get()?.integrity_check).toBe("ok");
  const { spans } = db.prepare("SELECT count(*) AS spans FROM span JOIN body USING (id)").get() ?? {};
  expect(Number(spans) % BATCH).toBe(0);
  expect(Number(spans)).toBeGreaterThanOrEqual(acknowledged * BATCH);

  const reader = openReader(path);
  onTestFinished(() => reader.close());
  expect(partialTraces(reader)).toBe(0);
});
