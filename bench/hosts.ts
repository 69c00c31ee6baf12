/**
 * What the hosts cost: a build with the plugin over one without, on a real project with 150 marks, and a start with
 * `spanwright/register` over one without, of a program of 1,000 modules without a mark. Every measurement is a fresh
 * process, from its start to its end; numbers are medians of interleaved rounds of one run.
 * `npm run bench:hosts [-- --quick]`
 */

import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { installed } from "../test/installed.ts";
import { middle } from "./programs.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const rounds = values.quick ? 3 : 11;
const MARKS = 150;
const MARKS_A_FILE = 4;
const MODULES = 1000;

/** With which tsc ends when it has something to say of types. */
const COMPLAINT = 2;

const root = join(import.meta.dirname, "..");
const folder = join(import.meta.dirname, ".tmp");
const project = join(folder, "project");
const modules = join(folder, "modules");

/** Where a method of a class, or an exported function, begins. */
const FUNCTION = /^( {2}(?:async )?\w+\([^)]*\)[^;{]*\{|export (?:async )?function \w+)/gm;

/** The command without and with spanwright. */
interface Pair {
  readonly name: string;
  readonly cwd: string;
  readonly plain: readonly string[];
  readonly traced: readonly string[];
}

const build = join(import.meta.dirname, "build-once.ts");
const spanwright = join(root, "dist/cli/index.js");

const tsc = join(installed("compilers"), "node_modules/typescript-7/bin/tsc");
installed("bundlers");
makeProject();
makeModules();
report([
  { name: "Vite 8", cwd: project, plain: [build, "vite"], traced: [build, "vite", "traced"] },
  { name: "esbuild", cwd: project, plain: [build, "esbuild"], traced: [build, "esbuild", "traced"] },
  { name: "  a plugin without work", cwd: project, plain: [build, "esbuild"], traced: [build, "esbuild", "asked"] },
  { name: "tsc 7, spanwright build", cwd: project, plain: [tsc], traced: [spanwright, "build"] },
  {
    name: "spanwright/register",
    cwd: modules,
    plain: ["main.mjs"],
    traced: ["--import", "spanwright/register", "main.mjs"],
  },
]);
rmSync(folder, { recursive: true, force: true });

/** The sources of the package `openai`, with a mark above every so many of their functions. */
function makeProject(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(project, "node_modules"), { recursive: true });
  cpSync(join(root, "node_modules/openai/src"), join(project, "src"), { recursive: true });
  symlinkSync(join(installed("compilers"), "node_modules/typescript-7"), join(project, "node_modules/typescript"));
  writeFileSync(join(project, "package.json"), '{ "name": "project", "type": "commonjs" }');
  const compilerOptions = { rootDir: "src", outDir: "out", target: "es2022", module: "nodenext", sourceMap: true };
  const lib = { lib: ["es2023", "dom", "dom.iterable"], types: ["node"], skipLibCheck: true, strict: true };
  const tsconfig = { compilerOptions: { ...compilerOptions, ...lib }, include: ["src"] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(tsconfig));
  const files = globSync("src/**/*.ts", { cwd: project }).sort();
  const marked = mark(files);
  console.log(`${files.length} files, ${marked} marks; ${MODULES} modules`);
}

/** Marks the first functions of every file that has some, until there are enough: a real project marks its services. */
function mark(files: readonly string[]): number {
  let marked = 0;
  for (const file of files) {
    let inFile = 0;
    const text = readFileSync(join(project, file), "utf8");
    const withMarks = text.replaceAll(FUNCTION, (head) => {
      if (marked === MARKS || inFile === MARKS_A_FILE) return head;
      marked++;
      inFile++;
      return `// @trace\n${head}`;
    });
    writeFileSync(join(project, file), withMarks);
  }
  return marked;
}

function makeModules(): void {
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(modules, "package.json"), "{}");
  for (let n = 0; n < MODULES; n++) {
    const functions = Array.from(
      { length: 20 },
      (_, i) => `export function f${i}(x) {\n  return x * ${n} + ${i};\n}\n`,
    );
    writeFileSync(join(modules, `m${n}.mjs`), functions.join("\n"));
  }
  writeFileSync(
    join(modules, "main.mjs"),
    Array.from({ length: MODULES }, (_, n) => `import "./m${n}.mjs";\n`).join(""),
  );
}

function report(pairs: readonly Pair[]): void {
  const times = new Map(pairs.map((pair) => [pair, { plain: [] as number[], traced: [] as number[] }]));
  for (let round = 0; round < rounds; round++) {
    for (const [{ cwd, plain, traced }, { plain: plainTimes, traced: tracedTimes }] of times) {
      plainTimes.push(timeOf(cwd, plain));
      tracedTimes.push(timeOf(cwd, traced));
    }
  }
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model ?? "unknown CPU"}, median of ${rounds} interleaved rounds\n`,
  );
  for (const [{ name }, { plain, traced }] of times) {
    const [without, within] = [middle(plain), middle(traced)];
    console.log(
      `${name.padEnd(26)}${without.toFixed(0).padStart(7)} ms ${within.toFixed(0).padStart(7)} ms ${(within / without).toFixed(3).padStart(7)}x`,
    );
  }
}

/** Milliseconds that a process of Node runs. Its compiler may complain: it does so with and without us. */
function timeOf(cwd: string, args: readonly string[]): number {
  const start = performance.now();
  try {
    execFileSync(process.execPath, [...args], { cwd, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    const isComplaint = error instanceof Error && "status" in error && error.status === COMPLAINT && cwd === project;
    if (!isComplaint) throw error;
  }
  return performance.now() - start;
}
