/**
 * What happens to finished spans when something happens to the process: the rows of the table in the README,
 * which has these tests' names. Spans are numbered, and every number is looked for.
 */

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openReader } from "../../runtime/delivery/reader.ts";
import { newFolder } from "../store/folder.ts";
import { Collector } from "./collector.ts";
import { canMount, newDisk, protect } from "./mounts.ts";
import { emit, family, names, ready, storedNames } from "./programs.ts";

/** A number that ends in the middle of a batch of 64. */
const COUNT = 2003;

/** A number of spans that takes several megabytes. */
const MANY = 20_000;

const newStore = () => join(newFolder(), "traces.db");

async function keepsAll(end: string, code: number): Promise<void> {
  const store = newStore();
  expect(await emit(COUNT, end, { store }).ended).toMatchObject({ code, signal: null });
  expect(storedNames(store)).toEqual(names(COUNT));
}

async function keepsAllAt(signal: NodeJS.Signals): Promise<void> {
  const store = newStore();
  const program = emit(COUNT, "by a signal", { store });
  await ready(program);
  program.child.kill(signal);
  expect(await program.ended).toMatchObject({ code: null, signal, errors: "" });
  expect(storedNames(store)).toEqual(names(COUNT));
}

test("the program comes to its end", () => keepsAll("naturally", 0));
test("process.exit", () => keepsAll("by process.exit", 3));
test("an uncaught error", () => keepsAll("by an uncaught error", 1));
test("an unhandled rejection", () => keepsAll("by an unhandled rejection", 1));
test("SIGINT", () => keepsAllAt("SIGINT"));
test("SIGTERM", () => keepsAllAt("SIGTERM"));
test("SIGHUP", () => keepsAllAt("SIGHUP"));

test("SIGKILL", async () => {
  const store = newStore();
  const program = emit(COUNT, "by a signal", { store });
  await ready(program);
  program.child.kill("SIGKILL");
  await program.ended;
  const stored = storedNames(store);
  expect(stored.length).toBeGreaterThan(COUNT - 64);
  expect(stored).toEqual(names(stored.length));
});

test("a span that ends in an exit handler", async () => {
  const store = newStore();
  await emit(COUNT, "with a span in an exit handler", { store }).ended;
  expect(storedNames(store)).toEqual(names(COUNT + 1));
});

test("forked processes", async () => {
  const store = newStore();
  expect(await family("forked processes", COUNT, { store }).ended).toMatchObject({ code: 0, errors: "" });
  expect(storedNames(store)).toEqual(names(4 * COUNT));
});

test("a cluster", async () => {
  const store = newStore();
  expect(await family("a cluster", COUNT, { store }).ended).toMatchObject({ code: 0, errors: "" });
  expect(storedNames(store)).toEqual(names(4 * COUNT));
});

test("worker threads", async () => {
  const store = newStore();
  expect(await family("worker threads", COUNT, { store }).ended).toMatchObject({ code: 0, errors: "" });
  expect(storedNames(store)).toEqual(names(4 * COUNT));
});

test("a worker thread that is terminated", async () => {
  const store = newStore();
  expect(await family("terminated threads", COUNT, { store }).ended).toMatchObject({ code: 0, errors: "" });
  const stored = new Set(storedNames(store));
  for (const place of [0, 1, 2, 3]) {
    const own = names(4 * COUNT).slice(place * COUNT, (place + 1) * COUNT);
    const kept = own.filter((name) => stored.has(name)).length;
    expect(kept).toBeGreaterThan(COUNT - 64);
    expect(own.slice(0, kept).every((name) => stored.has(name))).toBe(true);
  }
});

test("several processes write while others read", async () => {
  const store = newStore();
  const program = family("forked processes", COUNT, { store });
  let ended = false;
  void program.ended.then(() => (ended = true));
  const reader = await vi.waitFor(() => openReader(store), 10_000);
  let seen = 0;
  while (!ended) {
    const { spans, traces } = reader.stats();
    // Each trace has one span, and a reader sees whole batches.
    expect(spans).toBe(traces);
    expect(spans).toBeGreaterThanOrEqual(seen);
    seen = spans;
    await new Promise(setImmediate);
  }
  reader.close();
  expect(storedNames(store)).toEqual(names(4 * COUNT));
});

test("the clock is set", async () => {
  const collector = await Collector.start();
  const options = { store: newStore(), otlp: { endpoint: collector.endpoint } };
  const { errors } = await emit(100, "by a clock that jumps", options).ended;
  expect(errors).toBe("");
  expect(collector.names).toEqual(names(103));
  expect(collector.repeated).toBe(0);
});

test.skipIf(!canMount)("the disk is full, and has room again", async () => {
  const disk = newDisk(32);
  const [store, ballast] = [join(disk, "traces.db"), join(disk, "ballast")];
  writeFileSync(ballast, new Uint8Array(31 * 1024 * 1024));
  const program = emit(MANY, "by a signal", { store });
  await Promise.all([program.errors.says("[SW2008]"), ready(program)]);
  expect(storedNames(store).length).toBeLessThan(MANY);
  rmSync(ballast);
  program.child.kill("SIGTERM");
  const { errors } = await program.ended;
  expect(errors.match(/SW\d+/g)).toEqual(["SW2008"]);
  expect(storedNames(store)).toEqual(names(MANY));
});

test.skipIf(!canMount)("the disk stays full", async () => {
  const disk = newDisk(4);
  const store = join(disk, "traces.db");
  writeFileSync(join(disk, "ballast"), new Uint8Array(3 * 1024 * 1024));
  const { code, errors } = await emit(MANY, "naturally", { store }).ended;
  expect(code).toBe(0);
  const [, dropped] = /spanwright: (\d+) finished spans were dropped: .*\(SW2008\)/.exec(errors) ?? [];
  rmSync(join(disk, "ballast"));
  const stored = storedNames(store);
  expect(stored).toEqual(names(stored.length));
  expect(Number(dropped) + stored.length).toBe(MANY);
});

test.skipIf(!canMount)("a folder that is read-only", async () => {
  const folder = newDisk(1);
  protect(folder);
  const { code, errors } = await emit(COUNT, "naturally", { store: join(folder, "traces.db") }).ended;
  expect(code).toBe(0);
  expect(errors).toMatch(/read-only\..*\[SW2004\]\n.*2003 finished spans were dropped: .*\(SW2004\).*\[SW2108\]\n$/);
});

test.skipIf(!canMount)("a folder that is read-only, with a collector", async () => {
  const folder = newDisk(1);
  protect(folder);
  const collector = await Collector.start();
  const options = { store: join(folder, "traces.db"), otlp: { endpoint: collector.endpoint } };
  // It lives until they are sent: the end of a process waits for two seconds at most.
  const { errors } = await emit(COUNT, "with its counts", options).ended;
  expect(errors).toMatch(/^[^\n]*\[SW2004\]\n$/);
  expect(collector.names).toEqual(names(COUNT));
});

test("the process ends before the collector has its spans", async () => {
  const collector = await Collector.start();
  const options = { store: newStore(), otlp: { endpoint: collector.endpoint } };
  for (const end of ["by process.exit", "by an uncaught error"]) {
    collector.taken.clear();
    await emit(COUNT, end, options).ended;
    await emit(0, "naturally", options).ended;
    expect(collector.names).toEqual(names(COUNT));
    expect(collector.repeated).toBe(0);
  }
});

test("SIGKILL while spans are being sent", async () => {
  const collector = await Collector.start();
  collector.manner = () => true; // never answers
  const options = { store: newStore(), otlp: { endpoint: collector.endpoint } };
  const program = emit(128, "by a signal", options);
  await ready(program);
  await expect.poll(() => collector.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);
  program.child.kill("SIGKILL");
  await program.ended;
  collector.manner = () => false;
  await emit(0, "naturally", options).ended;
  expect(collector.names).toEqual(names(128));
});

test("no store: the program comes to its end, or SIGTERM", async () => {
  const collector = await Collector.start();
  const options = { store: false, otlp: { endpoint: collector.endpoint } };
  await emit(COUNT, "naturally", options).ended;
  expect(collector.names).toEqual(names(COUNT));
  collector.taken.clear();
  const program = emit(COUNT, "by a signal", options);
  await ready(program);
  program.child.kill("SIGTERM");
  expect(await program.ended).toMatchObject({ code: null, signal: "SIGTERM", errors: "" });
  expect(collector.names).toEqual(names(COUNT));
  expect(collector.repeated).toBe(0);
});

test("no store: process.exit or an uncaught error", async () => {
  const options = { store: false, otlp: { endpoint: "http://127.0.0.1:9" } };
  for (const end of ["by process.exit", "by an uncaught error"]) {
    const { errors } = await emit(10, end, options).ended;
    expect(errors).toMatch(
      /spanwright: 10 finished spans were dropped: 10 on the way to OTLP .*\(SW2209\).*\[SW2108\]\n/,
    );
  }
});
