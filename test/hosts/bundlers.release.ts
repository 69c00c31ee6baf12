import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installed } from "../installed.ts";
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
  THROWN_AT,
} from "./fixture.ts";

interface Bundler {
  /** What it cannot do, with or without us. */
  readonly without?: "JSX and source maps" | "columns";
}

/** Bun reads no map of what a plugin gave it, so it knows lines only; Farm writes none for Node. */
const BUNDLERS: Readonly<Record<string, Bundler>> = {
  "vite-7": {},
  "vite-8": {},
  rollup: {},
  rolldown: {},
  webpack: {},
  "webpack, by the loader": {},
  rspack: {},
  "rspack, by the loader": {},
  rsbuild: {},
  esbuild: {},
  farm: { without: "JSX and source maps" },
  bun: { without: "columns" },
};

let bun: string;
beforeAll(() => {
  bun = join(installed("bundlers"), "node_modules/@oven/bun-linux-x64/bin/bun");
}, 300_000);

describe.each(Object.entries(BUNDLERS))("%s", (bundler, { without }) => {
  const folder = fixtureCopy(bundler);
  const store = join(folder, "traces.db");
  const hasPage = without !== "JSX and source maps";
  let traced: Run;
  let plain: Run;
  let output: Run;

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    traced = await build("traced", {});
    plain = await build("plain");
    output = await run(folder, process.execPath, ["--enable-source-maps", builtFile("traced")], {
      SPANWRIGHT_STORE: store,
    });
  });

  test("the build succeeds and says what it traced", () => {
    const summary = hasPage ? "spanwright: 3 files, 5 functions" : "spanwright: 2 files, 4 functions";
    expect([traced.status, plain.status], traced.stderr + plain.stderr).toEqual([0, 0]);
    expect(lines(traced.stderr).filter((line) => line.startsWith("spanwright"))).toEqual([summary]);
  });

  test("the program does what it does untraced", async () => {
    const untraced = await run(folder, process.execPath, [builtFile("plain")]);
    expect(linesOf(output.stdout)).toEqual(hasPage ? [PAGE_OUTPUT, ...OUTPUT] : OUTPUT);
    expect(linesOf(untraced.stdout)).toEqual(linesOf(output.stdout));
    expect(output.stderr).toBe("");
  });

  test("the spans are those of every host", () => {
    expect(recordedSpans(store)).toEqual(hasPage ? [PAGE_SPAN, ...SPANS] : SPANS);
  });

  test.skipIf(without === "JSX and source maps")("an error's stack leads to the source", () => {
    const place = without === "columns" ? THROWN_AT.replace(/\d+$/, "") : THROWN_AT;
    expect(output.stdout).toContain(`/src/${place}`);
  });

  test("a file without a mark is built as it is without the plugin", () => {
    const functionOf = (out: string) =>
      /function untouched\([\s\S]*?\n\s*\}/.exec(readFileSync(builtFile(out), "utf8"))?.[0];
    expect(functionOf("plain")).toContain("n * 2");
    expect(functionOf("traced")).toBe(functionOf("plain"));
  });

  test("an unknown option fails the build, with its code and what was meant", async () => {
    const { status, stdout, stderr } = await build("wrong", { strickt: true });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toMatch(/SW3001.*`strickt`.*did you mean `strict`/);
  });

  test("a wrong mark fails the build, and is shown with its place", async () => {
    const file = join(folder, "src/plain.ts");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace("export", "// @trace { nam: 1 }\nexport"));
    const { status, stdout, stderr } = await build("wrong", {});
    writeFileSync(file, before);
    expect(status).not.toBe(0);
    expect(stdout + stderr).toMatch(/src\/plain\.ts:2:\d+ - error SW1003/);
    expect(lines(stdout + stderr)).toContainEqual(expect.stringMatching(/spanwright: .*\b1 error\b/));
  });

  test("a list of traced functions that cannot be written fails the build", async () => {
    const { status, stdout, stderr } = await build("wrong", { sites: "package.json/sites.json" });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toMatch(/SW3005: .*package\.json\/sites\.json cannot be written/);
  });

  function build(out: string, options?: object) {
    const given = options === undefined ? [] : [JSON.stringify(options)];
    const script = (name: string) => join(import.meta.dirname, name);
    return bundler === "bun"
      ? run(folder, bun, [script("bun-build.ts"), join(folder, out), ...given])
      : run(folder, process.execPath, [script("bundlers.ts"), bundler, join(folder, out), ...given]);
  }

  function builtFile(out: string): string {
    const [file] = globSync("app.{mjs,cjs}", { cwd: join(folder, out) });
    return join(folder, out, file ?? "app.mjs");
  }
});

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}
