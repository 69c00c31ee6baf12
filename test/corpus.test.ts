import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build, runRecorded } from "./corpus-runs.ts";
import { corpus, programs, type Run, run, workFolder } from "./programs.ts";

/**
 * Every program of the corpus runs as it is, and with every function traced: recording into a store, and
 * with tracing off. The bare program says what is right.
 */
const folder = workFolder("corpus");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every program stands in the table of the corpus", () => {
  const table = readFileSync(join(corpus, "README.md"), "utf8");
  expect(programs.filter((program) => !table.includes(`\`${program}`))).toEqual([]);
});

describe.each(programs)("%s", (program) => {
  let traced: string;
  let expected: Run;

  beforeAll(() => {
    const builds = build(folder, program);
    traced = builds.traced;
    expected = run(builds.bare);
    expect(expected.output).not.toBe("");
    expect(expected.status, expected.errors).toBe(0);
  });

  test("runs recorded as it runs bare", async () => {
    const recorded = runRecorded(join(folder, "stores"), program, traced);
    expect(recorded.run).toEqual(expected);
    await expect(recorded.spans).toMatchFileSnapshot(join(import.meta.dirname, "corpus-spans", `${program}.txt`));
  });

  test("runs off as it runs bare", () => {
    expect(run(traced)).toEqual(expected);
  });
});
