/** The compilers that the corpus goes through; `test/compat/compilers` holds all but the project's own. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import ts from "typescript";
import type { TypeScript } from "../transformer/compiler.ts";
import { instrument } from "../transformer/instrument.ts";
import { compiledName, formatOf, type ProgramFile, workFolder } from "./programs.ts";
import { tracing } from "./transformer/emitters.ts";

/** A file, and what TypeScript is told about its program. */
export interface Source extends ProgramFile {
  readonly options: ts.CompilerOptions;
}

/** Compiles files, each by itself; where that fails, what the compiler says stands in place of the text. */
export type Compile = (sources: readonly Source[]) => readonly (string | Error)[];

/** A compiler, and how a program that it compiles is traced. */
export interface Compiler {
  readonly bare: Compile;
  readonly traced: Compile;
}

type Target = "esnext" | "es2017";

const tools = join(import.meta.dirname, "compat/compilers");
const require = createRequire(join(tools, "package.json"));
const typescript5 = (): TypeScript => require("typescript-5");

export const COMPILERS: Readonly<Record<string, () => Compiler>> = {
  "TypeScript 6": () => afterText(byTypeScript(ts, "esnext")),
  "TypeScript 6 to ES2017": () => afterText(byTypeScript(ts, "es2017")),
  "TypeScript 5.9": () => afterText(byTypeScript(typescript5(), "esnext")),
  "TypeScript 5.9 to ES2017": () => afterText(byTypeScript(typescript5(), "es2017")),
  "TypeScript 7": () => afterText(byTypeScript7("esnext")),
  "TypeScript 7 to ES2017": () => afterText(byTypeScript7("es2017")),
  esbuild: () => afterText(byEsbuild("esnext")),
  "esbuild with keepNames": () => afterText(byEsbuild("esnext", { keepNames: true })),
  "esbuild to ES2017": () => afterText(byEsbuild("es2017")),
  swc: () => afterText(bySwc("esnext")),
  "swc to ES2017": () => afterText(bySwc("es2017")),
  // Its helpers for older targets are a package of their own.
  "oxc-transform": () => afterText(byOxc("esnext")),
  // The tree emitter by the project's compiler to its own target is part of the quick suite.
  "TypeScript 6 to ES2017, by the tree emitter": () => withTree(ts, "es2017"),
  "TypeScript 5.9, by the tree emitter": () => withTree(typescript5(), "esnext"),
  "TypeScript 5.9 to ES2017, by the tree emitter": () => withTree(typescript5(), "es2017"),
};

/** The text emitter, and after it the compiler. */
function afterText(bare: Compile): Compiler {
  return { bare, traced: (sources) => bare(sources.map(instrumented)) };
}

function instrumented(source: Source): Source {
  const { name, text } = source;
  const result = instrument(text, name, { select: "all", format: formatOf(name) });
  if (!result?.map) throw new Error(`nothing was traced in ${name}`);
  return { ...source, text: result.code };
}

function withTree(compiler: TypeScript, target: Target): Compiler {
  const before = [tracing(compiler)];
  return { bare: byTypeScript(compiler, target), traced: byTypeScript(compiler, target, { before }) };
}

function each(compile: (source: Source) => string): Compile {
  return (sources) =>
    sources.map((source) => {
      try {
        return compile(source);
      } catch (error) {
        return error instanceof Error ? error : new Error(String(error));
      }
    });
}

/** The target a program is compiled to: no newer than what it needs, since no Node has decorators. */
function targetFor({ options }: Source, wanted: Target): Target | "es2022" {
  return wanted === "esnext" && options.target === ts.ScriptTarget.ES2022 ? "es2022" : wanted;
}

function byTypeScript(compiler: TypeScript, wanted: Target, transformers: ts.CustomTransformers = {}): Compile {
  const targets = {
    esnext: compiler.ScriptTarget.ESNext,
    es2022: compiler.ScriptTarget.ES2022,
    es2017: compiler.ScriptTarget.ES2017,
  };
  return each((source) => {
    const { name: fileName, text, options } = source;
    const compilerOptions: ts.CompilerOptions = {
      ...options,
      target: targets[targetFor(source, wanted)],
      module: compiler.ModuleKind.Preserve,
    };
    return compiler.transpileModule(text, { fileName, compilerOptions, transformers }).outputText;
  });
}

/** One process for all the files that are compiled in one way. */
function byTypeScript7(wanted: Target): Compile {
  const bin = join(tools, "node_modules/typescript-7/bin/tsc");
  return (sources) => {
    const folder = workFolder("typescript-7");
    const [rootDir, outDir] = [join(folder, "src"), join(folder, "out")];
    for (const { name, text } of sources) {
      mkdirSync(dirname(join(rootDir, name)), { recursive: true });
      writeFileSync(join(rootDir, name), text);
    }
    for (const options of new Set(sources.map(optionsFor))) {
      const group = sources.filter((source) => optionsFor(source) === options);
      const compilerOptions = { ...JSON.parse(options), rootDir, outDir };
      const project = join(folder, "tsconfig.json");
      writeFileSync(project, JSON.stringify({ compilerOptions, files: group.map(({ name }) => join(rootDir, name)) }));
      try {
        execFileSync(process.execPath, [bin, "-p", project], { stdio: "pipe" });
      } catch {
        // What it complains about it compiles all the same, or else there is no file.
      }
    }
    const outputs = sources.map(({ name }) => {
      const output = join(outDir, compiledName(name));
      return existsSync(output) ? readFileSync(output, "utf8") : new Error(`${name} was not compiled`);
    });
    rmSync(folder, { recursive: true, force: true });
    return outputs;
  };

  function optionsFor(source: Source): string {
    const { experimentalDecorators, useDefineForClassFields } = source.options;
    return JSON.stringify({
      target: targetFor(source, wanted),
      module: "preserve",
      jsx: "react",
      jsxFactory: "element",
      jsxFragmentFactory: "Fragment",
      allowJs: true,
      noCheck: true,
      noResolve: true,
      types: [],
      experimentalDecorators,
      useDefineForClassFields,
    });
  }
}

function byEsbuild(wanted: Target, settings: { readonly keepNames?: true } = {}): Compile {
  const { transformSync } = require("esbuild");
  // Every Node that runs the result has top-level await.
  const supported = { "top-level-await": true };
  return each((source) => {
    const { experimentalDecorators, useDefineForClassFields } = source.options;
    return transformSync(source.text, {
      ...settings,
      logLevel: "silent",
      loader: extname(source.name).replace(/^\.[cm]?/, ""),
      target: targetFor(source, wanted),
      supported,
      jsxFactory: "element",
      jsxFragment: "Fragment",
      tsconfigRaw: { compilerOptions: { experimentalDecorators, useDefineForClassFields } },
    }).code;
  });
}

function bySwc(wanted: Target): Compile {
  const { transformSync } = require("@swc/core");
  return each((source) => {
    const { name: filename, text, options } = source;
    const { experimentalDecorators, useDefineForClassFields } = options;
    const legacyDecorator = experimentalDecorators === true;
    return transformSync(text, {
      filename,
      swcrc: false,
      isModule: formatOf(filename) === "module",
      jsc: {
        parser: isTypeScript(filename)
          ? { syntax: "typescript", tsx: filename.endsWith("x"), decorators: true, explicitResourceManagement: true }
          : { syntax: "ecmascript", jsx: filename.endsWith("x"), explicitResourceManagement: true },
        transform: {
          react: { runtime: "classic", pragma: "element", pragmaFrag: "Fragment" },
          legacyDecorator,
          ...(legacyDecorator ? {} : { decoratorVersion: "2022-03" }),
          useDefineForClassFields: useDefineForClassFields !== false,
        },
        target: targetFor(source, wanted),
      },
    }).code;
  });
}

function byOxc(wanted: Target): Compile {
  const { transform, transformSync = transform } = require("oxc-transform");
  return each((source) => {
    const { experimentalDecorators, useDefineForClassFields } = source.options;
    const { code, errors } = transformSync(source.name, source.text, {
      target: targetFor(source, wanted),
      jsx: { runtime: "classic", pragma: "element", pragmaFrag: "Fragment" },
      decorator: { legacy: experimentalDecorators === true },
      assumptions: { setPublicClassFields: useDefineForClassFields === false },
      typescript: { removeClassFieldsWithoutInitializer: useDefineForClassFields === false },
    });
    if (errors.length > 0) throw new Error(errors[0].message);
    return code;
  });
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}
