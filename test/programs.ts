import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** The corpus: programs that print what they see of the language. */
export const corpus = join(import.meta.dirname, "corpus");
export const programs: readonly string[] = readdirSync(corpus);

/** How a program of the corpus is loaded. */
export function formatOf(program: string): "module" | "commonjs" {
  return extname(program) === ".cjs" ? "commonjs" : "module";
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

/** Runs a program in its own process, without the settings of the tests. */
export function run(program: string, env: Record<string, string> = {}): Run {
  const { NODE_ENV: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], {
    encoding: "utf8",
    timeout: 25_000,
    env: { ...inherited, SPANWRIGHT_STORE: "off", ...env },
  });
  return { output: stdout, errors: stderr, status };
}
