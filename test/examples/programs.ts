/** The programs of `examples/`: compiled with their spans written in and without, and run. */

import { execFile } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";

const execute = promisify(execFile);

const root = join(import.meta.dirname, "../..");

/** In the repository, so that "spanwright" is the repository's own package for what is compiled into it. */
const outDir = join(import.meta.dirname, "dist");

const COMPILERS = { traced: "ts-patch/bin/tspc.js", untraced: "typescript/bin/tsc" } as const;

export type Build = keyof typeof COMPILERS;

/** The programs' names, `01-nested-calls` and on. */
export const programs: readonly string[] = readdirSync(join(root, "examples"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"))
  .sort();

/** Compiles all programs, as their README says or with TypeScript's own compiler. Rejects when one does not compile. */
export async function compile(build: Build): Promise<void> {
  rmSync(join(outDir, build), { recursive: true, force: true });
  const compiler = join(root, "node_modules", COMPILERS[build]);
  await execute(process.execPath, [compiler, "-p", "examples", "--outDir", join(outDir, build)], { cwd: root });
}

/** Runs a compiled program; its traces go into `store`. Rejects when it fails. */
export async function run(build: Build, program: string, store: string): Promise<{ stdout: string; stderr: string }> {
  // Vitest sets NODE_ENV to "test", which says that nothing is to be recorded.
  const { NODE_ENV: _, ...env } = process.env;
  return execute(process.execPath, [join(outDir, build, `${program}.js`)], {
    env: { ...env, SPANWRIGHT_STORE: store },
  });
}
