import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run, workFolder } from "./programs.ts";
import { instrumentChecked } from "./transformer/harness.ts";

/**
 * A traced function calls itself at least 60 % as deep as a bare one, to the nearest percent: what is nearest takes
 * 5 words of the stack for 3 (`walk`, `finalizingAsync`), and the runtime's own calls find no room at its very end.
 */
const LEAST = 0.599;

const folder = workFolder("depth");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const source = join(import.meta.dirname, "fixtures/recursion-depth.js");
const kinds = [...readFileSync(source, "utf8").matchAll(/^ {2}(\w+)\(\) \{/gm)].map(([, kind]) => kind ?? "");

describe.each([
  ["recorded", { SPANWRIGHT_STORE: join(folder, "depth.db") }],
  ["off", {}],
])("%s, recursion through a function of the kind", (_, env) => {
  let bare: Depths;
  let traced: Depths;

  beforeAll(() => {
    const text = readFileSync(source, "utf8");
    const file = join(folder, "traced.js");
    writeFileSync(file, instrumentChecked(text, "traced.js", { select: "all", format: "module" }).code);
    bare = depths(source);
    traced = depths(file, env);
  });

  test.each(kinds)("%s reaches its part of the bare depth", (kind) => {
    const part = (traced[kind] ?? 0) / (bare[kind] ?? 0);
    expect(part, `${traced[kind]} of ${bare[kind]}`).toBeGreaterThanOrEqual(LEAST);
  });
});

type Depths = Readonly<Record<string, number>>;

function depths(program: string, env: Record<string, string> = {}): Depths {
  const { output, errors, status } = run(program, env);
  expect(status, errors).toBe(0);
  return JSON.parse(output);
}
