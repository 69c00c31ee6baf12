import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { workFolder } from "../programs.ts";
import { PROJECT_COMPILER } from "./compilers.ts";
import { BARE, compiled, framesOf, traced, tracedByCompiler, tracedThenCompiled } from "./stacks.ts";

const folder = workFolder("stacks");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (name: string, built: Parameters<typeof framesOf>[0], mapped: boolean) =>
  framesOf(built, process.execPath, join(folder, name), mapped);

describe("the stack of an error thrown in a traced function of each kind", () => {
  const bare = run("bare", BARE, false);

  test("is printed for each of them bare", () => {
    expect(bare.length).toBeGreaterThan(20);
    expect(bare.filter((line) => !/^\w+: program\.ts:\d+:\d+ program\.ts:/.test(line))).toEqual([]);
  });

  test("shows the right lines where no source map is read", () => {
    const withoutColumns = (lines: readonly string[]) => lines.map((line) => line.replace(/:\d+(?= |$)/g, ""));
    expect(withoutColumns(run("traced", traced(), false))).toEqual(withoutColumns(bare));
  });

  test("shows file, line and column with --enable-source-maps", () => {
    expect(run("traced-mapped", traced(), true)).toEqual(bare);
  });

  test.each([
    ["by the text emitter before TypeScript", tracedThenCompiled],
    ["by the tree emitter in TypeScript", tracedByCompiler],
  ])("shows what TypeScript alone shows, traced %s", (name, build) => {
    const untraced = run("untraced", compiled(PROJECT_COMPILER), true);
    expect(run(name, build(PROJECT_COMPILER), true)).toEqual(untraced);
    expect(untraced.length).toBe(bare.length);
  });
});
