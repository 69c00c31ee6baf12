import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { installed, NODES } from "../installed.ts";
import { workFolder } from "../programs.ts";
import { COMPILERS, TRACING_COMPILERS } from "./compilers.ts";
import { BARE, compiled, framesOf, traced, tracedByCompiler, tracedThenCompiled } from "./stacks.ts";

installed("compilers");
const folder = workFolder("stacks");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(NODES))("the stack of an error thrown in a traced function, on %s,", (line, nodeOf) => {
  const node = nodeOf();
  const run = (name: string, built: Parameters<typeof framesOf>[0], mapped = true) =>
    framesOf(built, node, join(folder, line, name), mapped);

  test("is the bare one where Node strips the types, with and without source maps", () => {
    const bare = run("bare", BARE, false);
    expect(run("traced-mapped", traced())).toEqual(bare);
    expect(linesOf(run("traced", traced(), false))).toEqual(linesOf(bare));
  });

  test.each(Object.keys(COMPILERS))("is that of %s alone, traced by the text emitter before it", (name) => {
    const untraced = run(`${name}-alone`, compiled(name));
    expect(run(`${name}-text`, tracedThenCompiled(name))).toEqual(untraced);
  });

  test.each(Object.keys(TRACING_COMPILERS))("is that of %s alone, traced by the tree emitter in it", (name) => {
    const untraced = run(`${name}-alone`, compiled(name));
    expect(run(`${name}-tree`, tracedByCompiler(name))).toEqual(untraced);
  });
});

function linesOf(frames: readonly string[]): string[] {
  return frames.map((frame) => frame.replace(/:\d+(?= |$)/g, ""));
}
