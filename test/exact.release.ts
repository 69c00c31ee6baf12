import { readdirSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compareOff, compareRuns } from "../tools/exact/comparison.ts";
import { counted } from "../tools/exact/recording.ts";
import { type TreeReport, traceTree } from "../tools/exact/tree.ts";
import { installed } from "./installed.ts";
import { workFolder } from "./programs.ts";

/**
 * Exactness at scale: every function of large published packages, and of all that they need, is traced in a copy.
 * Programs that drive them print the same there, with tracing off and with every call recorded, as they do bare.
 * `npm run exact` does so with any folder.
 */
const project = join(import.meta.dirname, "../tsconfig.build.json");
const SHARED = "texts.js";
const [original, folder] = [installed("exact"), realpathSync(workFolder("exact"))];
const copy = join(folder, "copy");
const programs = readdirSync(join(original, "programs")).filter((file) => file !== SHARED);
let report: TreeReport;

beforeAll(() => {
  report = traceTree(original, copy, { dependencies: true });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every function is traced, but for those that no tracing could reach", () => {
  expect(report.failures).toEqual([]);
  expect([...report.skippedFunctions.keys()]).toEqual([expect.stringMatching(/its constructor declares functions/)]);
  expect(report.functions.found).toBeGreaterThan(100_000);
  expect(report.functions.found - report.functions.instrumented).toBeLessThan(20);
});

test.each(programs)("%s prints the same bare, off and recorded", { timeout: 300_000 }, (program) => {
  const file = join(folder, `${program}.spans`);
  const { bare, spans, messages, differences } = compareRuns(command(program), original, copy, counted(file));
  expect({ differences, messages }).toEqual({ differences: [], messages: [] });
  expect(bare.output.length, bare.errors).toBeGreaterThan(100);
  expect(spans).toBeGreaterThan(1000);
});

test("TypeScript's compiler, off, makes the same of this whole package", { timeout: 300_000 }, () => {
  const { bare, differences } = compareOff(command("typescript.js", project), original, copy);
  expect(differences).toEqual([]);
  expect(bare.output.match(/^runtime\/.*\.js \d+ /gm)?.length).toBeGreaterThan(50);
});

/** What a program is given: for TypeScript, what it is to compile where each of millions of calls is recorded. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  "typescript.js": `${project} runtime/capture.ts`,
};

function command(program: string, args = ARGUMENTS[program] ?? ""): string {
  return `${JSON.stringify(process.execPath)} programs/${program} ${args}`;
}
