/** What the release tests run with, installed when it is asked for: packages in `test/compat`, and lines of Node. */

import { execFileSync } from "node:child_process";
import { mkdirSync, rmdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** A folder of `test/compat`, with what its lock file names installed. */
export function installed(name: string): string {
  const folder = join(root, "test/compat", name);
  alone(folder, () => execFileSync(process.execPath, [join(root, "tools/install.mjs"), folder], { stdio: "pipe" }));
  return folder;
}

/** How long an installation may take; a lock that is older was left behind. */
const INSTALL_MS = 15 * 60_000;

/** Runs work while no other process of the tests does the same for that folder. */
export function alone(folder: string, work: () => void): void {
  const lock = `${folder}.lock`;
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
}

function taken(lock: string): boolean {
  const left = statSync(lock, { throwIfNoEntry: false });
  if (left !== undefined && Date.now() - left.mtimeMs > INSTALL_MS) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The lines of Node by name. The packages that bring them are made for one platform; elsewhere there is one. */
export const NODES: Readonly<Record<string, () => string>> = {
  "the project's Node": () => process.execPath,
  ...(`${process.platform}-${process.arch}` === "linux-x64" && {
    "Node 22": () => join(installed("node22"), "node_modules/.bin/node"),
    "Node 26": () => join(installed("node26"), "node_modules/.bin/node"),
  }),
};
