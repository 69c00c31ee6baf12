/** The programs that the contestants of benchmarks run, compiled with spanwright into a folder beside. */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { instrument } from "spanwright/transformer";

const folder = join(import.meta.dirname, ".tmp");

export function compilePrograms(): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  cpSync(join(import.meta.dirname, "programs"), join(folder, "programs"), { recursive: true });
  const file = join(folder, "programs/marked.js");
  const result = instrument(readFileSync(file, "utf8"), file);
  if (!result?.map) throw new Error("nothing was traced in programs/marked.js");
  writeFileSync(file, result.code);
}

export function removePrograms(): void {
  rmSync(folder, { recursive: true, force: true });
}

/** The median. */
export function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
