import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runRecorded } from "../corpus-runs.ts";
import { programs, run, workFolder } from "../programs.ts";
import { buildTree } from "./tree-programs.ts";

/** The corpus, compiled by TypeScript with every function traced, does what it does compiled and untraced. */

const folder = workFolder("tree-corpus");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(programs)("%s", (program) => {
  const { untraced, tree } = buildTree(folder, program, "ESNext");
  // Stacks are compared by the lines of the sources.
  const env = { NODE_OPTIONS: "--enable-source-maps" };
  const expected = run(untraced, env);
  const recorded = runRecorded(join(folder, "stores"), program, tree, env).run;
  expect(recorded.output).toBe(expected.output);
  expect(recorded.status).toBe(expected.status);
  expect(expected.output).not.toBe("");
});
