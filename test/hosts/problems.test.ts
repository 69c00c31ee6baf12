import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { spanwright } from "../cli/spanwright.ts";
import { readTraces, spansOf } from "../examples/traces.ts";
import {
  fixtureCopy,
  linesOf,
  OUTPUT,
  PAGE_OUTPUT,
  PAGE_SPAN,
  type Run,
  recordedSpans,
  run,
  SPANS,
} from "./fixture.ts";

/** What a host says of options and files that do not fit, shown with Vite; the program is built and runs whatever it is. */

const folder = fixtureCopy("problems");
const store = join(folder, "traces.db");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(store + suffix, { force: true });
});

function build(options: object): Promise<Run> {
  const script = join(import.meta.dirname, "bundlers.ts");
  return run(folder, process.execPath, [script, "vite-8", join(folder, "out"), JSON.stringify(options)]);
}

async function expectToRun(): Promise<void> {
  const { status, stdout } = await run(folder, process.execPath, ["out/app.mjs"], { SPANWRIGHT_STORE: store });
  expect([status, linesOf(stdout)]).toEqual([0, [PAGE_OUTPUT, ...OUTPUT]]);
}

test("a glob that matches nothing is a warning", async () => {
  const { status, stdout, stderr } = await build({ include: ["src/**", "lib/**"] });
  expect([status, stderr]).toEqual([0, expect.stringContaining("3 files, 5 functions, 1 warning")]);
  expect(stdout + stderr).toMatch(/SW3004: the glob "lib\/\*\*" of `include`/);
  await expectToRun();
  expect(recordedSpans(store)).toEqual([PAGE_SPAN, ...SPANS]);
});

test("with strict it fails the build", async () => {
  const { status, stdout, stderr } = await build({ exclude: "lib/**", strict: true });
  expect(status).not.toBe(0);
  expect(stdout + stderr).toMatch(/error SW3004/);
});

test("a file outside of the root is a warning, and its spans name it by its absolute path", async () => {
  mkdirSync(join(folder, "elsewhere"), { recursive: true });
  const { status, stdout, stderr } = await build({ root: "elsewhere" });
  expect(status).toBe(0);
  expect(stdout + stderr).toContain(`SW3008: ${folder}/src/shop.ts of the traced files is not below the root`);
  await expectToRun();
  const [span] = readTraces(store).flatMap(spansOf);
  expect(span?.body.attributesJson).toContain(`"code.file.path":"${folder}/src/`);
});

test("a list of traced functions that cannot be written fails the build, after everything is built", async () => {
  const { status, stdout, stderr } = await build({ sites: "package.json/sites.json" });
  expect(status).not.toBe(0);
  expect(stdout + stderr).toMatch(/SW3005: .*package\.json\/sites\.json cannot be written/);
});

test("the list of traced functions has each of them", async () => {
  expect((await build({ sites: "sites.json" })).status).toBe(0);
  const sites = readFileSync(join(folder, "sites.json"), "utf8");
  for (const name of ["main", "Cart.total", "prices", "refuse", "Page"]) expect(sites).toContain(`"${name}"`);
});

test("a source map that cannot be read is a warning, and the file is traced by its own positions", () => {
  mkdirSync(join(folder, "built"), { recursive: true });
  writeFileSync(join(folder, "built/a.js"), "// @trace\nfunction a() {}\na();\n//# sourceMappingURL=a.js.map\n");
  writeFileSync(join(folder, "built/a.js.map"), '{ "version": 2 }');
  const { status, stderr } = spanwright(folder, ["instrument", "built", "copy"]);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/SW3006: the source map that came with .*a\.js/)]);
  expect(JSON.parse(readFileSync(join(folder, "copy/a.js.map"), "utf8")).sources).toEqual(["../built/a.js"]);
});
