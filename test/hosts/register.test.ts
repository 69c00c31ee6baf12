import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  fixtureCopy,
  LEGACY_OUTPUT,
  LEGACY_SPANS,
  LEGACY_THROWN_AT,
  linesOf,
  OUTPUT,
  recordedSpans,
  run,
  SPANS,
  THROWN_AT,
} from "./fixture.ts";

const folder = fixtureCopy("register");
const store = join(folder, "traces.db");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(store + suffix, { force: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
});

/** Runs a file of the fixture by `node --import spanwright/register`. */
function registered(file: string, ...flags: readonly string[]) {
  return run(folder, process.execPath, [...flags, "--import", "spanwright/register", `src/${file}`], {
    SPANWRIGHT_STORE: store,
  });
}

describe.each([
  ["main.ts", "ES modules", OUTPUT, SPANS, THROWN_AT],
  ["legacy.cts", "CommonJS", LEGACY_OUTPUT, LEGACY_SPANS, LEGACY_THROWN_AT],
])("%s, %s in TypeScript", (file, _format, output, spans, thrownAt) => {
  test("prints what it prints untraced, and leaves its spans", async () => {
    const { status, stdout, stderr } = await registered(file);
    expect([status, linesOf(stdout), stderr]).toEqual([0, output, ""]);
    expect(recordedSpans(store)).toEqual(spans);
  });

  test("has its errors' lines, and with source maps their columns", async () => {
    const line = thrownAt.replace(/\d+$/, "");
    expect((await registered(file)).stdout).toContain(`/src/${line}`);
    expect((await registered(file, "--enable-source-maps")).stdout).toContain(`/src/${thrownAt}`);
  });
});

test.each(["// @ trace", "// @tarce"])("a misspelt mark, %s, is said, and the program runs", async (mark) => {
  writeFileSync(join(folder, "src/misspelt.cjs"), `${mark}\nfunction f() {\n  return "é";\n}\nconsole.log(f());\n`);
  const { status, stdout, stderr } = await registered("misspelt.cjs");
  expect([status, stdout]).toEqual([0, "é\n"]);
  expect(stderr).toMatch(/misspelt\.cjs:1:4 - warning SW1012/);
});

test("the map of a compiler's output is chained", async () => {
  const source = readFileSync(join(folder, "src/legacy.cts"), "utf8");
  // One line above the source's first, so that every line of the map is another one.
  const mappings = `;${source
    .replace(/\n$/, "")
    .split("\n")
    .map((_, line) => (line === 0 ? "AAAA" : "AACA"))
    .join(";")}`;
  const map = JSON.stringify({ version: 3, names: [], sources: ["legacy.cts"], mappings });
  writeFileSync(join(folder, "src/built.js.map"), map);
  const javascript = `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);\n${source.replaceAll(": number", "")}`;
  writeFileSync(join(folder, "src/built.js"), `${javascript}//# sourceMappingURL=built.js.map\n`);
  const { stdout, stderr } = await registered("built.js", "--enable-source-maps");
  expect([linesOf(stdout), stderr]).toEqual([LEGACY_OUTPUT, ""]);
  expect(stdout).toContain(`/src/${LEGACY_THROWN_AT.replace(/\d+$/, "")}`);
  expect(recordedSpans(store)).toEqual(LEGACY_SPANS);
});

test("every function is traced that the options select", async () => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", spanwright: { select: "exported" } }));
  await registered("main.ts");
  expect(recordedSpans(store)).toContain("main > untouched UNKNOWN OK");
});

test("a wrong option ends the process before the program begins", async () => {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", spanwright: { slect: "all" } }));
  const { status, stdout, stderr } = await registered("main.ts");
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(/SW3001.*`slect`.*did you mean `select`/);
});

test("a wrong mark is reported, and the program runs", async () => {
  const helper = join(folder, "src/helper.cjs");
  writeFileSync(helper, readFileSync(helper, "utf8").replace("@trace", '@trace { nam: "x" }'));
  const { status, stdout, stderr } = await registered("legacy.cts");
  expect([status, linesOf(stdout)]).toEqual([0, LEGACY_OUTPUT]);
  expect(stderr).toMatch(/\/src\/helper\.cjs:1:\d+ - error SW1003/);
});
