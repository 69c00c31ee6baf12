import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector } from "./collector.ts";
import { emit, names, ready, storedNames } from "./programs.ts";

/** A number that ends in the middle of a batch of 64. */
const COUNT = 2003;

describe("no span is lost when a process ends", () => {
  test.each([
    ["naturally", 0],
    ["by process.exit", 3],
    ["by an uncaught error", 1],
    ["by an unhandled rejection", 1],
  ])("%s", async (end, code) => {
    const store = join(newFolder(), "traces.db");
    expect(await emit(COUNT, end, { store }).ended).toMatchObject({ code, signal: null });
    expect(storedNames(store)).toEqual(names(COUNT));
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("by %s, which ends it as ever", async (signal) => {
    const store = join(newFolder(), "traces.db");
    const program = emit(COUNT, "by a signal", { store });
    await ready(program);
    program.child.kill(signal);
    expect(await program.ended).toMatchObject({ code: null, signal });
    expect(storedNames(store)).toEqual(names(COUNT));
  });

  test("by a signal that a library raises again when it is alone with it", async () => {
    const store = join(newFolder(), "traces.db");
    const program = emit(COUNT, "by a signal that a library raises again", { store });
    await ready(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(storedNames(store)).toEqual(names(COUNT));
  });

  test("with a span that ends in an exit handler of the program", async () => {
    const store = join(newFolder(), "traces.db");
    await emit(COUNT, "with a span in an exit handler", { store }).ended;
    expect(storedNames(store)).toEqual(names(COUNT + 1));
  });

  test("by a signal that the program has a handler for, which decides as ever", async () => {
    const store = join(newFolder(), "traces.db");
    const program = emit(COUNT, "by a handled signal", { store });
    await ready(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: 5, signal: null });
    expect(storedNames(store)).toEqual(names(COUNT));
  });
});

test("a process that is killed loses less than one batch", async () => {
  const store = join(newFolder(), "traces.db");
  const program = emit(COUNT, "by a signal", { store });
  await ready(program);
  program.child.kill("SIGKILL");
  await program.ended;
  const stored = storedNames(store);
  expect(stored.length).toBeGreaterThan(COUNT - 64);
  expect(stored).toEqual(names(stored.length));
});

test("a process that never returns to its event loop is ended by a signal at once", async () => {
  const program = emit(3, "without looking up", { store: join(newFolder(), "traces.db") });
  await ready(program);
  program.child.kill("SIGTERM");
  expect(await program.ended).toMatchObject({ code: null, signal: "SIGTERM" });
});

test("spans arrive once each while the clock jumps", async () => {
  const collector = await Collector.start();
  const options = { store: join(newFolder(), "traces.db"), otlp: { endpoint: collector.endpoint } };
  const { errors } = await emit(100, "by a clock that jumps", options).ended;
  expect(errors).toBe("");
  expect(collector.names).toEqual(names(103));
  expect(collector.repeated).toBe(0);
});

test("spans that a store cannot take are sent from memory", async () => {
  const collector = await Collector.start();
  const options = { store: "/dev/null/traces.db", otlp: { endpoint: collector.endpoint } };
  const { errors } = await emit(COUNT, "naturally", options).ended;
  expect(errors).toMatch(/^[^\n]*\[SW2006\]\n$/);
  expect(collector.names).toEqual(names(COUNT));
});

test("spans that waited in memory as the process exits are counted in its last line", async () => {
  const { errors } = await emit(10, "by process.exit", { store: false, otlp: { endpoint: "http://127.0.0.1:9" } })
    .ended;
  expect(errors).toMatch(
    /^spanwright: 10 finished spans were dropped: 10 on the way to OTLP .*\(SW2209\).*\[SW2108\]\n$/,
  );
});

describe("what a process could not send, the next one sends", () => {
  test.each(["by process.exit", "by an uncaught error"])("when it ended %s", async (end) => {
    const collector = await Collector.start();
    const options = { store: join(newFolder(), "traces.db"), otlp: { endpoint: collector.endpoint } };
    await emit(COUNT, end, options).ended;
    await emit(0, "naturally", options).ended;
    expect(collector.names).toEqual(names(COUNT));
    expect(collector.repeated).toBe(0);
  });

  test("when it was killed while it was sending", async () => {
    const collector = await Collector.start();
    collector.manner = () => true; // never answers
    const options = { store: join(newFolder(), "traces.db"), otlp: { endpoint: collector.endpoint } };
    const program = emit(128, "by a signal", options);
    await ready(program);
    await expect.poll(() => collector.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);
    program.child.kill("SIGKILL");
    await program.ended;
    collector.manner = () => false;
    await emit(0, "naturally", options).ended;
    expect(collector.names).toEqual(names(128));
  });
});
