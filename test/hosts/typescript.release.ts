import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli } from "../cli/spanwright.ts";
import { installed } from "../installed.ts";
import { nextLine } from "../lines.ts";
import { fixtureCopy, linesOf, OUTPUT, type Run, recordedSpans, run, SPANS, THROWN_AT } from "./fixture.ts";

/** The same fixture by every TypeScript: by `tspc` with the plugin, and by `spanwright build` after the project's tsc. */

const root = join(import.meta.dirname, "../..");

interface Row {
  /** The compiler's package. */
  readonly typescript: () => string;
  /** What builds, before the arguments of tsc. */
  readonly command: () => readonly string[];
  readonly hasPlugin: boolean;
}

const tspc = (packages: () => string): Row => ({
  typescript: () => join(packages(), "node_modules/typescript"),
  command: () => [join(packages(), "node_modules/ts-patch/bin/tspc.js")],
  hasPlugin: true,
});
const spanwrightBuild = (typescript: () => string): Row => ({
  typescript,
  command: () => [cli, "build"],
  hasPlugin: false,
});
const alias = (name: string) => () => join(installed("compilers"), "node_modules", name);

const ROWS: Readonly<Record<string, Row>> = {
  "tspc: TypeScript 5.9, ts-patch 3.3": tspc(() => installed("ts59-patch33")),
  "tspc: TypeScript 6.0, ts-patch 3.3": tspc(() => installed("ts60-patch33")),
  "tspc: TypeScript 6.0, ts-patch 4.0": tspc(() => root),
  "spanwright build: TypeScript 5.9": spanwrightBuild(alias("typescript-5")),
  "spanwright build: TypeScript 6.0": spanwrightBuild(() => join(root, "node_modules/typescript")),
  "spanwright build: TypeScript 7.0": spanwrightBuild(alias("typescript-7")),
};

const compilerOptions = {
  rootDir: "src",
  outDir: "traced",
  target: "es2022",
  module: "nodenext",
  lib: ["es2023"],
  types: [],
  strict: true,
  skipLibCheck: true,
  declaration: true,
  sourceMap: true,
  rewriteRelativeImportExtensions: true,
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.entries(ROWS))("%s", (name, { typescript, command, hasPlugin }) => {
  /** A copy of the fixture that the row's compiler is installed in; `more` goes into its tsconfig.json. */
  function project(more: object = {}, plugin: object = {}): string {
    const folder = fixtureCopy(name);
    folders.push(folder);
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(typescript(), join(folder, "node_modules/typescript"), "junction");
    const plugins = hasPlugin ? { plugins: [{ transform: "spanwright/ts-patch", ...plugin }] } : {};
    write(folder, "tsconfig.json", {
      compilerOptions: { ...compilerOptions, ...plugins, ...more },
      files: ["src/main.ts", "src/plain.ts", "src/shop.ts", "src/globals.d.ts"],
    });
    // What the fixture needs of Node; its whole types, or a browser's, would take longer to read than the fixture.
    write(folder, "src/globals.d.ts", "declare const console: { log(text: unknown): void };\n");
    return folder;
  }

  const build = (folder: string, ...args: string[]) => run(folder, process.execPath, [...command(), ...args]);

  beforeAll(() => void typescript(), 120_000);

  describe("a build", () => {
    let folder: string;
    let plain: Run;
    let traced: Run;
    beforeAll(async () => {
      folder = project();
      const tsc = join(typescript(), "bin/tsc");
      plain = await run(folder, process.execPath, [tsc, "--outDir", "plain"]);
      traced = await build(folder);
    }, 60_000);

    const runs = (out: string) =>
      run(folder, process.execPath, ["--enable-source-maps", `${out}/main.js`], {
        SPANWRIGHT_STORE: join(folder, "traces.db"),
      });

    test("succeeds and says what it traced", () => {
      expect(plain).toEqual({ status: 0, stdout: "", stderr: "" });
      expect(traced).toEqual({ status: 0, stdout: "", stderr: "spanwright: 2 files, 4 functions\n" });
    });

    test("makes a program that does what it does untraced, with the stack of its error, and leaves its spans", async () => {
      const { status, stdout, stderr } = await runs("traced");
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(linesOf(stdout)).toEqual(OUTPUT);
      expect(stdout).toBe((await runs("plain")).stdout);
      expect(stdout).toContain(THROWN_AT);
      expect(recordedSpans(join(folder, "traces.db"))).toEqual(SPANS);
    });

    test("leaves declarations, and files without a mark, as the compiler makes them", () => {
      for (const file of ["main.d.ts", "shop.d.ts", "plain.d.ts", "plain.js", "plain.js.map"])
        expect(read(folder, `traced/${file}`), file).toBe(read(folder, `plain/${file}`));
    });
  });

  const watches = hasPlugin ? ["--watch", "-b --watch"] : ["--watch"];
  test.each(watches)(
    "what changes while it watches is traced: %s",
    async (flags) => {
      const folder = project();
      const watching = spawn(process.execPath, [...command(), ...flags.split(" ")], {
        cwd: folder,
        stdio: ["pipe", "ignore", "pipe"],
      });
      try {
        await nextLine(watching.stderr, "spanwright: 2 files, 4 functions\n");
        const changed = nextLine(watching.stderr, "spanwright: 2 files, 5 functions\n");
        write(folder, "src/shop.ts", `${read(folder, "src/shop.ts")}// @trace\nexport function added() {}\n`);
        await changed;
        expect(read(folder, "traced/shop.js")).toMatch(/"name": ?"added"/);
      } finally {
        watching.kill();
        await once(watching, "close");
      }
    },
    60_000,
  );

  test("an incremental build follows its marks and keeps the list of all that is traced", async () => {
    const incremental = { incremental: true, tsBuildInfoFile: "build.tsbuildinfo" };
    const folder = project(incremental, { sites: "sites.json" });
    if (!hasPlugin) write(folder, "package.json", { type: "module", spanwright: { sites: "sites.json" } });
    const said = async () => {
      const { status, stdout, stderr } = await build(folder);
      expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
      return stderr;
    };
    const outputs = () => ["main.js", "shop.js"].map((file) => read(folder, `traced/${file}`));
    const sites = () => JSON.parse(read(folder, "sites.json")).files.map(({ file }: { file: string }) => file);
    const all = "spanwright: 2 files, 4 functions\n";

    expect(await said()).toBe(all);
    const first = outputs();
    // The plugin sees what the compiler emits, the command looks at all there is.
    expect(await said()).toBe(hasPlugin ? "" : all);
    expect(outputs()).toEqual(first);
    expect(sites()).toEqual(["src/main.ts", "src/shop.ts"]);

    const main = read(folder, "src/main.ts");
    write(folder, "src/main.ts", main.replace("// @trace", "//"));
    await said();
    expect(outputs()[0]).not.toContain("spanwright");
    expect(outputs()[1]).toBe(first[1]);
    expect(sites()).toEqual(["src/shop.ts"]);

    write(folder, "src/main.ts", main);
    expect(await said()).toBe(hasPlugin ? "spanwright: 1 file, 1 function\n" : all);
    expect(outputs()).toEqual(first);
    expect(sites()).toEqual(["src/main.ts", "src/shop.ts"]);
  }, 60_000);

  test("projects that refer to each other are all traced", async () => {
    const folder = project({ composite: true, rootDir: "." });
    const marked = "// @trace\nexport const used = (): number => 1;\n";
    write(folder, "lib/tsconfig.json", {
      extends: "../tsconfig.json",
      compilerOptions: { rootDir: ".", outDir: "../traced/lib" },
      files: ["used.ts"],
    });
    write(folder, "lib/used.ts", marked);
    write(folder, "src/plain.ts", `export { used } from "../lib/used.ts";\n${read(folder, "src/plain.ts")}`);
    const config = JSON.parse(read(folder, "tsconfig.json"));
    write(folder, "tsconfig.json", { ...config, references: [{ path: "./lib" }] });
    const { status, stdout, stderr } = await build(folder, "-b");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    // Each project of the compiler is a build of its own; the command knows them all.
    expect(stderr).toBe(
      hasPlugin
        ? "spanwright: 1 file, 1 function\nspanwright: 2 files, 4 functions\n"
        : "spanwright: 3 files, 5 functions\n",
    );
    expect(read(folder, "traced/lib/used.js")).toContain(".open(");
  }, 60_000);
});

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), "utf8");
}

function write(folder: string, file: string, content: string | object): void {
  const path = join(folder, file);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
}
