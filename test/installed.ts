/** What the release tests run with, installed when it is asked for: packages in `test/compat`, and lines of Node. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** A folder of `test/compat`, with what its lock file names installed. */
export function installed(name: string): string {
  const folder = join(root, "test/compat", name);
  execFileSync(process.execPath, [join(root, "tools/install.mjs"), folder], { stdio: "pipe" });
  return folder;
}

/** The lines of Node by name. The packages that bring them are made for one platform; elsewhere there is one. */
export const NODES: Readonly<Record<string, () => string>> = {
  "the project's Node": () => process.execPath,
  ...(`${process.platform}-${process.arch}` === "linux-x64" && {
    "Node 22": () => join(installed("node22"), "node_modules/.bin/node"),
    "Node 26": () => join(installed("node26"), "node_modules/.bin/node"),
  }),
};
