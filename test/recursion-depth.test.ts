import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { run, workFolder } from "./programs.ts";
import { instrumentChecked } from "./transformer/harness.ts";

/** A traced function calls itself at least 60 % as deep as a bare one. */
const folder = workFolder("depth");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = join(import.meta.dirname, "fixtures/recursion-depth.js");

test("recursion reaches 60 % of the bare depth, recorded and off", () => {
  const text = readFileSync(source, "utf8");
  const traced = join(folder, "traced.js");
  writeFileSync(traced, instrumentChecked(text, "traced.js", { select: "all", format: "module" }).code);
  const bare = depths(source);
  expect(Object.keys(bare)).toEqual(["declaration", "arrow", "method", "generator"]);
  for (const env of [{}, { SPANWRIGHT_STORE: join(folder, "depth.db") }]) {
    const reached = depths(traced, env);
    for (const [kind, depth] of Object.entries(bare)) {
      expect((reached[kind] ?? 0) / depth, `${kind}: ${reached[kind]} of ${depth}`).toBeGreaterThanOrEqual(0.6);
    }
  }
});

function depths(program: string, env: Record<string, string> = {}): Record<string, number> {
  const { output, errors, status } = run(program, env);
  expect(status, errors).toBe(0);
  return JSON.parse(output);
}
