import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector } from "./collector.ts";
import { emit, names, ready, storedNames } from "./programs.ts";

/** A number that ends in the middle of a batch of 64. */
const COUNT = 2003;

const newStore = () => join(newFolder(), "traces.db");

describe("a signal", () => {
  test("that a library raises again when it is alone with it ends the process with all spans kept", async () => {
    const store = newStore();
    const program = emit(COUNT, "by a signal that a library raises again", { store });
    await ready(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(storedNames(store)).toEqual(names(COUNT));
  });

  test("that comes while the program is busy ends it when it looks up, with all spans kept", async () => {
    const store = newStore();
    const program = emit(COUNT, "by a signal that comes while it is busy", { store });
    await ready(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: null, signal: "SIGTERM" });
    expect(storedNames(store)).toEqual(names(COUNT));
  });

  test("that the program has a handler for means what the handler says, as ever", async () => {
    const store = newStore();
    const program = emit(COUNT, "by a handled signal", { store });
    await ready(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: 5, signal: null });
    expect(storedNames(store)).toEqual(names(COUNT));
  });

  test("ends a process that never returns to its event loop at once", async () => {
    const program = emit(3, "without looking up", { store: newStore() });
    await ready(program);
    program.child.kill("SIGTERM");
    expect(await program.ended).toMatchObject({ code: null, signal: "SIGTERM" });
  });

  test("is followed by a line that counts what could not be sent from memory", async () => {
    const program = emit(10, "by a signal", { store: false, otlp: { endpoint: "http://127.0.0.1:9" } });
    await ready(program);
    program.child.kill("SIGTERM");
    const { signal, errors } = await program.ended;
    expect(signal).toBe("SIGTERM");
    expect(errors).toMatch(/10 finished spans were dropped: 10 on the way to OTLP .*\(SW2209\).*\[SW2108\]\n$/);
  });

  test("that comes a second time ends the process while the first waits for a collector", async () => {
    const collector = await Collector.start();
    collector.manner = () => true; // never answers
    const program = emit(10, "by a signal", {
      store: false,
      otlp: { endpoint: collector.endpoint, timeoutMs: 60_000 },
    });
    await ready(program);
    program.child.kill("SIGTERM");
    await expect.poll(() => collector.requests.length).toBe(1);
    program.child.kill("SIGINT");
    expect(await program.ended).toMatchObject({ code: null, signal: "SIGINT" });
  });
});
