import { globSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installed } from "../installed.ts";
import {
  fixtureCopy,
  LEGACY_OUTPUT,
  LEGACY_THROWN_AT,
  linesOf,
  OUTPUT,
  type Run,
  recordedSpans,
  run,
  SPANS,
  THROWN_AT,
} from "./fixture.ts";

/** `spanwright/transformers` in every tool that takes TypeScript's transformers, with and without type checks. */

const script = join(import.meta.dirname, "typescript-tools.ts");
const BUNDLED = [
  "ts-loader",
  "ts-loader, transpileOnly",
  "@rollup/plugin-typescript, a function",
  "@rollup/plugin-typescript, a list",
];
const RUN = ["ts-node", "ts-node, transpileOnly"];

const TSCONFIG = {
  compilerOptions: {
    rootDir: "src",
    target: "es2022",
    module: "nodenext",
    lib: ["es2023"],
    types: ["node"],
    strict: true,
    skipLibCheck: true,
    sourceMap: true,
    rewriteRelativeImportExtensions: true,
  },
  files: ["src/main.ts"],
};

let packages: string;
beforeAll(() => {
  packages = installed("ts-transformers");
}, 300_000);

/** A copy of the fixture with the tools installed. */
function projectFor(tool: string): string {
  const folder = fixtureCopy(tool);
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
  symlinkSync(join(packages, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

function call(folder: string, tool: string, out: string, options?: object, env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const args = options === undefined ? [] : [JSON.stringify(options)];
  return run(folder, process.execPath, [script, tool, out, ...args], env);
}

describe.each(BUNDLED)("%s", (tool) => {
  let folder: string;
  let builds: readonly Run[];
  let plain: Run;
  let traced: Run;

  beforeAll(async () => {
    folder = projectFor(tool);
    builds = [await call(folder, tool, "plain"), await call(folder, tool, "traced", {})];
    const runs = (out: string) =>
      run(folder, process.execPath, ["--enable-source-maps", `${out}/main.mjs`], {
        SPANWRIGHT_STORE: join(folder, "traces.db"),
      });
    [plain, traced] = [await runs("plain"), await runs("traced")];
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the build succeeds and says what it traced", () => {
    expect(
      builds.map(({ status }) => status),
      builds.map(({ stderr }) => stderr).join(""),
    ).toEqual([0, 0]);
    const said = builds[1]!.stderr.split("\n").filter((line) => line.startsWith("spanwright"));
    expect(said).toEqual(["spanwright: 2 files, 4 functions"]);
  });

  test("the program does what it does untraced", () => {
    expect(linesOf(traced.stdout)).toEqual(OUTPUT);
    expect(linesOf(plain.stdout)).toEqual(OUTPUT);
  });

  test("an error's stack says where it was thrown", () => {
    expect(traced.stdout).toContain(THROWN_AT);
  });

  test("its spans are recorded", () => {
    expect(recordedSpans(join(folder, "traces.db"))).toEqual(SPANS);
  });

  test("a function without a mark is as it was", () => {
    const untouched = (out: string) =>
      globSync(`${out}/*.mjs`, { cwd: folder }).map(
        (file) => /function untouched\([\s\S]*?\n\}/.exec(readFileSync(join(folder, file), "utf8"))?.[0],
      );
    expect(untouched("traced")).toEqual(untouched("plain"));
    expect(untouched("traced")[0]).toContain("n * 2");
  });

  test("a wrong mark fails the build with its place", async () => {
    const other = projectFor(tool);
    try {
      const file = join(other, "src/plain.ts");
      writeFileSync(file, `// @trace\nexport const none = 1;\n${readFileSync(file, "utf8")}`);
      const { status, stderr } = await call(other, tool, "out", {});
      expect(status).not.toBe(0);
      expect(stderr).toContain("src/plain.ts:1:1 - error SW1002");
    } finally {
      rmSync(other, { recursive: true, force: true });
    }
  }, 60_000);
});

describe.each(RUN)("%s", (tool) => {
  test("runs the program as it is untraced, with the stack of its error, and records its spans", async () => {
    const folder = projectFor(tool);
    try {
      const store = join(folder, "traces.db");
      const plain = await call(folder, tool, "");
      const traced = await call(folder, tool, "", { summary: false }, { SPANWRIGHT_STORE: store });
      expect([traced.status, traced.stderr]).toEqual([0, ""]);
      expect(linesOf(traced.stdout)).toEqual(LEGACY_OUTPUT);
      expect(traced.stdout).toBe(plain.stdout);
      expect(traced.stdout).toContain(LEGACY_THROWN_AT);
      // The helper is JavaScript, which ts-node leaves to Node.
      expect(recordedSpans(store)).toEqual(["legacy UNKNOWN ERROR", "legacy UNKNOWN OK"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
