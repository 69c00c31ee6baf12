/** Tells whether `dist/` was built from the sources as they are now. */

import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The file of `dist/` that a build writes first: its time is when the build began to read. */
export const STAMP = "cjs/package.json";

/** Everything a build depends on. A folder's own time changes when a file in it comes or goes. */
const SOURCES = [
  "runtime",
  "transformer",
  "cli",
  "tsconfig.json",
  "tsconfig.build.json",
  "tsconfig.cjs.json",
  "package-lock.json",
  "tools/build.ts",
];

/** Why `dist/` cannot be used as it is, as half a sentence; `undefined` when it can. */
export function outdated(): string | undefined {
  const stamp = statSync(join(root, "dist", STAMP), { throwIfNoEntry: false });
  if (!stamp) return "dist/ does not exist";
  const newer = SOURCES.flatMap(withContents).find((path) => statSync(join(root, path)).mtimeMs > stamp.mtimeMs);
  return newer === undefined ? undefined : `dist/ is older than ${newer}`;
}

function withContents(path: string): string[] {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return [
    path,
    ...readdirSync(join(root, path), { recursive: true, encoding: "utf8" }).map((name) => join(path, name)),
  ];
}
