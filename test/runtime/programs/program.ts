/** Runs a program of this folder in a process of its own, as Node 24 runs TypeScript. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a program left behind. */
export interface Outcome {
  /** What it printed, a JSON text a line. */
  readonly lines: readonly unknown[];
  readonly stderr: string;
  readonly status: number | null;
}

/**
 * Runs a program, in an empty folder.
 *
 * @param env added to an environment without NODE_ENV and without settings of ours
 * @param inspect looks at the folder before it is removed
 */
export function run(
  program: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  inspect: (folder: string) => void = () => {},
): Outcome {
  const folder = mkdtempSync(join(tmpdir(), "spanwright-"));
  try {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--no-warnings", "--expose-gc", join(import.meta.dirname, program), ...args],
      { cwd: folder, env: { PATH: process.env.PATH, ...env }, encoding: "utf8" },
    );
    inspect(folder);
    const lines = stdout.split("\n").filter((line) => line !== "");
    return { lines: lines.map((line) => JSON.parse(line)), stderr, status };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
