import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instrument } from "../transformer/instrument.ts";
import { corpus, formatOf, programs, run, workFolder } from "./programs.ts";

/**
 * The text emitter before every compiler: a traced program, compiled, does what the bare program does when
 * the same compiler has compiled it.
 */
const tools = join(import.meta.dirname, "compat/compilers");
const require = createRequire(join(tools, "package.json"));
const folder = workFolder("compilers");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles one file's text to JavaScript. */
type Compile = (text: string, file: string) => string;
type Target = "esnext" | "es2017";

const COMPILERS: Readonly<Record<string, () => Compile>> = {
  "TypeScript 6": () => byTypeScript(ts, "esnext"),
  "TypeScript 6 to ES2017": () => byTypeScript(ts, "es2017"),
  "TypeScript 5.9": () => byTypeScript(require("typescript-5"), "esnext"),
  "TypeScript 5.9 to ES2017": () => byTypeScript(require("typescript-5"), "es2017"),
  "TypeScript 7": () => byTypeScript7("esnext"),
  "TypeScript 7 to ES2017": () => byTypeScript7("es2017"),
  esbuild: () => byEsbuild("esnext"),
  "esbuild to ES2017": () => byEsbuild("es2017"),
  swc: () => bySwc("esnext"),
  "swc to ES2017": () => bySwc("es2017"),
  // Its helpers for older targets are a package of their own.
  "oxc-transform": () => byOxc("esnext"),
};

function byTypeScript(compiler: typeof ts, target: Target): Compile {
  const compilerOptions = {
    target: target === "esnext" ? compiler.ScriptTarget.ESNext : compiler.ScriptTarget.ES2017,
    module: compiler.ModuleKind.Preserve,
  };
  return (text, fileName) => compiler.transpileModule(text, { fileName, compilerOptions }).outputText;
}

function byTypeScript7(target: Target): Compile {
  const rootDir = join(folder, "typescript-7");
  const outDir = join(rootDir, "out");
  const options = ["--ignoreConfig", "--noCheck", "--allowJs", "--module", "preserve", "--target", target];
  return (text, file) => {
    mkdirSync(outDir, { recursive: true });
    writeFileSync(join(rootDir, file), text);
    const command = [join(tools, "node_modules/typescript-7/bin/tsc"), ...options, "--rootDir", rootDir];
    execFileSync(process.execPath, [...command, "--outDir", outDir, join(rootDir, file)]);
    return readFileSync(join(outDir, compiledName(file)), "utf8");
  };
}

function byEsbuild(target: Target): Compile {
  const { transformSync } = require("esbuild");
  // Every Node that runs the result has top-level await.
  const supported = { "top-level-await": true };
  return (text, file) => transformSync(text, { loader: isTypeScript(file) ? "ts" : "js", target, supported }).code;
}

function bySwc(target: Target): Compile {
  const { transformSync } = require("@swc/core");
  return (text, filename) =>
    transformSync(text, {
      filename,
      swcrc: false,
      isModule: formatOf(filename) === "module",
      jsc: {
        parser: { syntax: isTypeScript(filename) ? "typescript" : "ecmascript", explicitResourceManagement: true },
        target,
      },
    }).code;
}

function byOxc(target: Target): Compile {
  const { transform, transformSync = transform } = require("oxc-transform");
  return (text, file) => transformSync(file, text, { target }).code;
}

function isTypeScript(file: string): boolean {
  return extname(file) === ".ts";
}

function compiledName(file: string): string {
  return isTypeScript(file) ? `${basename(file, ".ts")}.js` : file;
}

/** Programs that a compiler breaks whether they are traced or not, or that see what compiling changes. */
const UNFIT: Readonly<Record<string, string>> = {
  "stacks.js": "compilers move lines; source maps have tests of their own",
  "arguments-redeclared.cjs": "esbuild drops `var arguments` in a block",
};

beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, "../tools/install.mjs"), tools], { stdio: "inherit" });
}, 300_000);

describe.each(Object.keys(COMPILERS))("%s", (compiler) => {
  test.each(programs.filter((program) => !(program in UNFIT)))("%s", (program) => {
    const compile = COMPILERS[compiler]!();
    const text = readFileSync(join(corpus, program), "utf8");
    const traced = instrument(text, program, { select: "all", format: formatOf(program) });
    if (!traced?.map) throw new Error(`nothing was traced in ${program}`);
    const bareFile = write("bare", compiler, program, compile(text, program));
    const tracedFile = write("traced", compiler, program, compile(traced.code, program));
    const expected = run(bareFile);
    if (expected.status !== 0) return; // the compiler broke the program by itself
    expect(run(tracedFile)).toEqual(expected);
    expect(run(tracedFile, { SPANWRIGHT_STORE: join(folder, `${compiler}-${program}.db`) })).toEqual(expected);
  });
});

function write(kind: string, compiler: string, program: string, code: string): string {
  const into = join(folder, kind, compiler.replaceAll(" ", "-"));
  mkdirSync(into, { recursive: true });
  const file = join(into, compiledName(program));
  writeFileSync(file, code);
  return file;
}
