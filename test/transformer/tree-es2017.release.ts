import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { runRecorded } from "../corpus-runs.ts";
import { programs, run, workFolder } from "../programs.ts";
import { buildTree } from "./tree-programs.ts";

/** The corpus, compiled by TypeScript to ES2017 with every function traced, does what it does compiled and untraced. */

const folder = workFolder("tree-es2017");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// What the engine quotes of compiled code are the compiler's own names.
test.each(programs.filter((program) => program !== "engine-messages.js"))("%s", (program) => {
  const { untraced, tree } = buildTree(folder, program, "ES2017");
  // Stacks are compared by the lines of the sources.
  const env = { NODE_OPTIONS: "--enable-source-maps" };
  const expected = run(untraced, env);
  const recorded = runRecorded(join(folder, "stores"), program, tree, env).run;
  expect(recorded.output).toBe(expected.output);
  expect(recorded.status).toBe(expected.status);
  expect(expected.output).not.toBe("");
});
