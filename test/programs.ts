import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import ts from "typescript";

/** The corpus: programs that print what they see of the language. A program is a file, or a folder with a `main`. */
export const corpus = join(import.meta.dirname, "corpus");
export const programs: readonly string[] = readdirSync(corpus).filter((name) => name !== "README.md");

/** A file of a program, or what became of it. */
export interface ProgramFile {
  /** Path below the corpus, with the program's own name first. */
  readonly name: string;
  readonly text: string;
}

/** The files of a program, the one that is run first. */
export function filesOf(program: string): readonly ProgramFile[] {
  const names = extname(program) !== "" ? [program] : folderFiles(program);
  return names.map((name) => ({ name, text: readFileSync(join(corpus, name), "utf8") }));
}

function folderFiles(program: string): string[] {
  const names = readdirSync(join(corpus, program)).map((name) => `${program}/${name}`);
  const isMain = (name: string) => Number(/\/main\.\w+$/.test(name));
  return names.sort((a, b) => isMain(b) - isMain(a));
}

/** How a file of the corpus is loaded. */
export function formatOf(file: string): "module" | "commonjs" {
  return /\.c[jt]s$/.test(file) ? "commonjs" : "module";
}

/** Programs with syntax that no Node runs by itself, and what TypeScript is told when it compiles them. */
const COMPILED: Readonly<Record<string, ts.CompilerOptions>> = {
  "decorators.ts": { target: ts.ScriptTarget.ES2022 },
  "legacy-decorators.ts": { target: ts.ScriptTarget.ES2022, experimentalDecorators: true },
  "parameter-properties.ts": { target: ts.ScriptTarget.ES2022 },
  "namespaces.ts": { target: ts.ScriptTarget.ES2022 },
  "assigned-fields.ts": { target: ts.ScriptTarget.ES2022, useDefineForClassFields: false },
  "elements.jsx": {},
  "typed-elements.tsx": {},
};

/** What TypeScript is told about a program, whoever compiles it; `undefined` when Node runs it as it is. */
export function compilerOptionsOf(program: string): ts.CompilerOptions | undefined {
  const options = COMPILED[program];
  return (
    options && {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.Preserve,
      jsx: ts.JsxEmit.React,
      jsxFactory: "element",
      jsxFragmentFactory: "Fragment",
      inlineSourceMap: true,
      ...options,
    }
  );
}

/** What Node is to run of a file: the file itself, or what TypeScript makes of it. */
export function runnable(program: string, { name, text }: ProgramFile): ProgramFile {
  const compilerOptions = compilerOptionsOf(program);
  if (!compilerOptions) return { name, text };
  return {
    name: compiledName(name),
    text: ts.transpileModule(text, { fileName: name, compilerOptions }).outputText,
  };
}

/** The name of what a compiler makes of a file. */
export function compiledName(name: string): string {
  return name.replace(/\.([cm]?)(?:ts|tsx|jsx)$/, ".$1js");
}

/** Writes a program's files and tells which one to run. */
export function write(into: string, files: readonly ProgramFile[]): string {
  for (const { name, text } of files) {
    mkdirSync(dirname(join(into, name)), { recursive: true });
    writeFileSync(join(into, name), text);
  }
  return join(into, files[0]?.name ?? "");
}

/** A folder for built programs, inside the package so that they find `spanwright/runtime`. */
export function workFolder(name: string): string {
  const parent = join(import.meta.dirname, ".tmp");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `${name}-`));
}

/** Everything a program shows to the outside. */
export interface Run {
  readonly output: string;
  readonly errors: string;
  readonly status: number | null;
}

/**
 * Runs a program in its own process, without the settings of the tests.
 * @param node the Node that runs it; default: the one that runs the tests
 */
export function run(program: string, env: Record<string, string> = {}, node = process.execPath): Run {
  const { NODE_ENV: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const { stdout, stderr, status } = spawnSync(node, [program], {
    encoding: "utf8",
    timeout: 25_000,
    env: { ...inherited, SPANWRIGHT_STORE: "off", ...env },
  });
  return { output: stdout, errors: stderr, status };
}
