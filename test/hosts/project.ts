import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Node in a folder. */
export function node(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const { NODE_ENV: _, ...inherited } = process.env;
  return new Promise((resolve) => {
    const options = { cwd, env: { ...inherited, ...env } };
    const child = execFile(process.execPath, args, options, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? 1, stdout, stderr }),
    );
  });
}

const root = join(import.meta.dirname, "../..");
const COMPILERS = { tsc: "node_modules/typescript/bin/tsc", tspc: "node_modules/ts-patch/bin/tspc.js" };

/** Compiles a project by the real command, with `tsconfig.json` or the named one. */
export function build(project: string, compiler: keyof typeof COMPILERS, tsconfig = "tsconfig.json"): Promise<Run> {
  return node(project, [join(root, COMPILERS[compiler]), "-p", tsconfig]);
}

export interface ProjectOptions {
  readonly type: "module" | "commonjs";
  readonly compilerOptions: Readonly<Record<string, unknown>>;
  /** What the entry of `plugins` says beside `transform`. */
  readonly plugin?: Readonly<Record<string, unknown>>;
}

/** A folder for projects, in the repository, where they find the package by its name. */
export function makeFolder(): string {
  const parent = join(root, "test/.tmp");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "ts-patch-"));
}

/**
 * Makes a project of the given files, or of the fixture. `tsconfig.json` has the plugin and compiles `src` to
 * `traced`; `tsconfig.plain.json` has none and compiles it to `plain`.
 */
export function makeProject(folder: string, options: ProjectOptions, files?: Readonly<Record<string, string>>): string {
  const src = join(folder, "src");
  mkdirSync(src, { recursive: true });
  if (!files) cpSync(join(root, "test/fixtures/ts-patch/src"), src, { recursive: true });
  for (const [file, text] of Object.entries(files ?? {})) writeFileSync(join(src, file), text);
  const { type, compilerOptions, plugin } = options;
  const tsconfig = (outDir: string, more: object) =>
    JSON.stringify({ compilerOptions: { ...SHARED, ...compilerOptions, outDir, ...more }, include: ["src"] });
  const plugins = [{ transform: "spanwright/ts-patch", ...plugin }];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type }));
  writeFileSync(join(folder, "tsconfig.plain.json"), tsconfig("plain", {}));
  writeFileSync(join(folder, "tsconfig.json"), tsconfig("traced", { plugins }));
  return folder;
}

const SHARED = {
  strict: true,
  skipLibCheck: true,
  rootDir: "src",
  lib: ["es2023"],
  types: [],
  sourceMap: true,
  declaration: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};
