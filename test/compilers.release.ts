import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instrument } from "../transformer/instrument.ts";
import { compiledName, compilerOptionsOf, filesOf, formatOf, programs, run, workFolder, write } from "./programs.ts";

/**
 * The text emitter before every compiler: a traced program, compiled, does what the bare program does when
 * the same compiler has compiled it.
 */
const tools = join(import.meta.dirname, "compat/compilers");
const require = createRequire(join(tools, "package.json"));
const folder = workFolder("compilers");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles one file's text to JavaScript, with what its program needs. */
type Compile = (text: string, file: string, options: ts.CompilerOptions) => string;
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
  return (text, fileName, options) =>
    compiler.transpileModule(text, { fileName, compilerOptions: { ...options, ...compilerOptions } }).outputText;
}

function byTypeScript7(target: Target): Compile {
  const rootDir = join(folder, "typescript-7");
  const outDir = join(rootDir, "out");
  const options = [
    "--ignoreConfig",
    "--noCheck",
    "--noResolve",
    "--allowJs",
    "--module",
    "preserve",
    "--target",
    target,
  ];
  return (text, file, { experimentalDecorators, useDefineForClassFields }) => {
    mkdirSync(dirname(join(rootDir, file)), { recursive: true });
    writeFileSync(join(rootDir, file), text);
    const command = [join(tools, "node_modules/typescript-7/bin/tsc"), ...options, "--rootDir", rootDir];
    if (experimentalDecorators) command.push("--experimentalDecorators");
    if (useDefineForClassFields === false) command.push("--useDefineForClassFields", "false");
    const jsx = ["--jsx", "react", "--jsxFactory", "element", "--jsxFragmentFactory", "Fragment"];
    execFileSync(process.execPath, [...command, ...jsx, "--outDir", outDir, join(rootDir, file)]);
    return readFileSync(join(outDir, compiledName(file)), "utf8");
  };
}

function byEsbuild(target: Target): Compile {
  const { transformSync } = require("esbuild");
  // Every Node that runs the result has top-level await.
  const supported = { "top-level-await": true };
  return (text, file, { experimentalDecorators, useDefineForClassFields }) =>
    transformSync(text, {
      loader: extname(file).replace(/^\.[cm]?/, ""),
      target,
      supported,
      jsxFactory: "element",
      jsxFragment: "Fragment",
      tsconfigRaw: { compilerOptions: { experimentalDecorators, useDefineForClassFields } },
    }).code;
}

function bySwc(target: Target): Compile {
  const { transformSync } = require("@swc/core");
  return (text, filename, { experimentalDecorators, useDefineForClassFields }) =>
    transformSync(text, {
      filename,
      swcrc: false,
      isModule: formatOf(filename) === "module",
      jsc: {
        parser: isTypeScript(filename)
          ? { syntax: "typescript", tsx: filename.endsWith("x"), decorators: true, explicitResourceManagement: true }
          : { syntax: "ecmascript", jsx: filename.endsWith("x"), explicitResourceManagement: true },
        transform: {
          react: { runtime: "classic", pragma: "element", pragmaFrag: "Fragment" },
          legacyDecorator: experimentalDecorators === true,
          ...(experimentalDecorators ? {} : { decoratorVersion: "2022-03" }),
          useDefineForClassFields: useDefineForClassFields !== false,
        },
        target,
      },
    }).code;
}

function byOxc(target: Target): Compile {
  const { transform, transformSync = transform } = require("oxc-transform");
  return (text, file, { experimentalDecorators, useDefineForClassFields }) =>
    transformSync(file, text, {
      target,
      jsx: { runtime: "classic", pragma: "element", pragmaFrag: "Fragment" },
      decorator: { legacy: experimentalDecorators === true },
      assumptions: { setPublicClassFields: useDefineForClassFields === false },
      typescript: { removeClassFieldsWithoutInitializer: useDefineForClassFields === false },
    }).code;
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}

/** Programs that a compiler breaks whether they are traced or not, or that see what compiling changes. */
const UNFIT: Readonly<Record<string, string>> = {
  "stacks.js": "compilers move lines; source maps have tests of their own",
  "engine-messages.js": "what the engine quotes of compiled code are the compiler's own names",
  "arguments-redeclared.cjs": "esbuild drops `var arguments` in a block",
};

beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, "../tools/install.mjs"), tools], { stdio: "inherit" });
}, 300_000);

describe.each(Object.keys(COMPILERS))("%s", (compiler) => {
  test.each(programs.filter((program) => !(program in UNFIT)))("%s", (program) => {
    const compile = COMPILERS[compiler]!();
    const files = filesOf(program).map(({ name, text }) => {
      const result = instrument(text, name, { select: "all", format: formatOf(name) });
      if (!result?.map) throw new Error(`nothing was traced in ${name}`);
      return { name, bare: text, traced: result.code };
    });
    const build = (way: "bare" | "traced") =>
      write(
        join(folder, way, compiler.replaceAll(" ", "-")),
        files.map((file) => ({
          name: compiledName(file.name),
          text: compile(file[way], file.name, compilerOptionsOf(program) ?? {}),
        })),
      );
    const expected = run(build("bare"));
    if (expected.status !== 0) return; // the compiler broke the program by itself
    const traced = build("traced");
    expect(run(traced)).toEqual(expected);
    expect(run(traced, { SPANWRIGHT_STORE: join(folder, `${compiler}-${program}.db`) })).toEqual(expected);
  });
});
