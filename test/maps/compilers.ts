/** Compilers that make JavaScript and a source map of a file; those of `test/compat/compilers` among them. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import ts from "typescript";
import type { TypeScript } from "../../transformer/compiler.ts";
import { compilerOptionsOf, workFolder } from "../programs.ts";
import { type Every, tracing } from "./traced.ts";

export interface Compiled {
  readonly code: string;
  /** The source map, as JSON. */
  readonly map: string;
}

/** Texts, or what became of them, by path. */
export type Files<T> = ReadonlyMap<string, T>;

/** Compiles files, each by itself. */
export type Compile = (files: Files<string>) => Files<Compiled>;

/** The compiler that the project itself has; before it, the text emitter. */
export const PROJECT_COMPILER = "TypeScript 6";

const tools = join(import.meta.dirname, "../compat/compilers");
const require = createRequire(join(tools, "package.json"));

export const COMPILERS: Readonly<Record<string, Compile>> = {
  [PROJECT_COMPILER]: byTypeScript(ts),
  "TypeScript 5.9": (files) => byTypeScript(require("typescript-5"))(files),
  "TypeScript 7": byTypeScript7,
  esbuild: (files) => each(files, byEsbuild),
  swc: (files) => each(files, bySwc),
  "oxc-transform": (files) => each(files, byOxc),
};

/** Those of them that trace while they compile, with the tree emitter. */
export const TRACING_COMPILERS: Readonly<Record<string, (every: Every) => Compile>> = {
  [PROJECT_COMPILER]: (every) => byTypeScript(ts, every),
  "TypeScript 5.9": (every) => byTypeScript(require("typescript-5"), every),
};

function each(files: Files<string>, compile: (text: string, file: string) => Compiled): Files<Compiled> {
  return new Map([...files].map(([file, text]) => [file, compile(text, file)]));
}

/** @param every traces with the tree emitter */
function byTypeScript(compiler: TypeScript, every?: Every): Compile {
  const compilerOptions: ts.CompilerOptions = {
    target: compiler.ScriptTarget.ESNext,
    module: compiler.ModuleKind.Preserve,
    sourceMap: true,
  };
  const transformers = every === undefined ? {} : { before: [tracing(compiler, every)] };
  return (files) =>
    each(files, (text, fileName) => {
      const result = compiler.transpileModule(text, { fileName, compilerOptions, transformers });
      return { code: result.outputText, map: result.sourceMapText ?? "" };
    });
}

function byTypeScript7(files: Files<string>): Files<Compiled> {
  const folder = workFolder("typescript-7");
  const [from, to] = [join(folder, "src"), join(folder, "out")];
  for (const [file, text] of files) {
    mkdirSync(dirname(join(from, file)), { recursive: true });
    writeFileSync(join(from, file), text);
  }
  const compilerOptions = { target: "esnext", module: "preserve", allowJs: true, sourceMap: true, noCheck: true };
  const paths = { rootDir: from, outDir: to, moduleDetection: "force", noResolve: true, types: [] };
  const project = join(folder, "tsconfig.json");
  writeFileSync(
    project,
    JSON.stringify({
      compilerOptions: { ...compilerOptions, ...paths },
      files: [...files.keys()].map((file) => join(from, file)),
    }),
  );
  try {
    execFileSync(process.execPath, [join(tools, "node_modules/typescript-7/bin/tsc"), "-p", project], {
      stdio: "pipe",
    });
    return each(files, (_, file) => {
      const output = join(to, compiledName(file));
      return { code: readFileSync(output, "utf8"), map: readFileSync(`${output}.map`, "utf8") };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function byEsbuild(text: string, sourcefile: string): Compiled {
  const loader = isTypeScript(sourcefile) ? "ts" : "js";
  const supported = { "top-level-await": true };
  const tsconfigRaw = { compilerOptions: { experimentalDecorators: hasLegacyDecorators(sourcefile) } };
  const settings = { loader, sourcefile, sourcemap: true, target: "esnext", supported, tsconfigRaw };
  return require("esbuild").transformSync(text, settings);
}

function bySwc(text: string, filename: string): Compiled {
  const syntax = isTypeScript(filename) ? "typescript" : "ecmascript";
  const legacyDecorator = hasLegacyDecorators(filename);
  const transform = legacyDecorator ? { legacyDecorator } : { decoratorVersion: "2022-03" };
  return require("@swc/core").transformSync(text, {
    filename,
    swcrc: false,
    sourceMaps: true,
    isModule: extname(filename) !== ".cjs",
    jsc: { parser: { syntax, decorators: true, explicitResourceManagement: true }, transform, target: "esnext" },
  });
}

function byOxc(text: string, file: string): Compiled {
  const { transform, transformSync = transform } = require("oxc-transform");
  const { code, map } = transformSync(file, text, { sourcemap: true, target: "esnext" });
  return { code, map: JSON.stringify(map) };
}

function hasLegacyDecorators(program: string): boolean {
  return compilerOptionsOf(program)?.experimentalDecorators === true;
}

function isTypeScript(file: string): boolean {
  return extname(file) === ".ts";
}

function compiledName(file: string): string {
  return isTypeScript(file) ? join(dirname(file), `${basename(file, ".ts")}.js`) : file;
}
