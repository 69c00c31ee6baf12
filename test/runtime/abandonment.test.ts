import { describe, expect, test } from "vitest";
import { run } from "./programs/program.ts";

const stream = "spanwright.stream.abandoned";
const cases: [string, object[]][] = [
  ["generator", [{ name: "generate", outputs: [1], marks: [stream], code: 1 }]],
  ["async generator", [{ name: "stream", outputs: [1], marks: [stream], code: 1 }]],
  ["delegating async generator", [
    { name: "generate", outputs: [1], marks: [stream], code: 1 },
    { name: "asyncDelegating", outputs: [1], marks: [stream], code: 1 },
  ]],
  ["returned generator", [{ name: "sync", outputs: [1], marks: [stream], code: 1 }]],
  ["returned generator, never begun", [{ name: "sync", outputs: [], marks: [stream], code: 1 }]],
  ["returned array iterator", [{ name: "sync", outputs: [1], marks: [stream], code: 1 }]],
  ["returned stream", [{ name: "sync", outputs: [], marks: [stream], code: 1 }]],
  ["thenable", [{ name: "sync", marks: ["spanwright.result.unobserved"], code: 1 }]],
]; // biome-ignore format: a table

const byName = (lines: readonly unknown[]) =>
  [...lines].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));

describe("what the program drops", () => {
  test.each(cases)("%s: its span ends when the object is collected", (name, spans) => {
    const { lines } = run("abandoned.ts", [name, "collected"]);
    expect(lines.indexOf("alive")).toBeGreaterThan(0);
    expect(byName(lines.filter((line) => line !== "alive"))).toEqual(byName(spans));
  });

  test.each(cases)("%s: its span ends as the process exits", (name, spans) => {
    expect(byName(run("abandoned.ts", [name, "exit"]).lines)).toEqual(byName(spans));
  });
});
