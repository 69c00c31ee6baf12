import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, describe, expect, test } from "vitest";
import { corpus, programs, run, workFolder } from "../programs.ts";
import { compile, type Way } from "./emitters.ts";

/** The corpus, compiled by TypeScript with every function traced, does what it does compiled and untraced. */

const folder = workFolder("tree-corpus");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(["ESNext", "ES2017"] as const)("for %s", (target) => {
  test.each(programs)("%s", (program) => {
    const untraced = build("untraced", program, target);
    const traced = build("tree", program, target);
    // Stacks are compared by the lines of the sources.
    const env = { NODE_OPTIONS: "--enable-source-maps" };
    const expected = run(untraced, env);
    const recorded = run(traced, { ...env, SPANWRIGHT_STORE: join(folder, `${target}-${program}.db`) });
    expect(recorded.output).toBe(expected.output);
    expect(recorded.status).toBe(expected.status);
    expect(expected.output).not.toBe("");
  });
});

/** Compiles a program into a folder of its way and tells the file. */
function build(way: Way, program: string, target: "ESNext" | "ES2017"): string {
  const options = { target: ts.ScriptTarget[target], module: ts.ModuleKind.Preserve, inlineSourceMap: true };
  const { code } = compile(way, readFileSync(join(corpus, program), "utf8"), program, options);
  const file = join(folder, target, way, program.replace(/\.ts$/, ".js"));
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, code);
  return file;
}
