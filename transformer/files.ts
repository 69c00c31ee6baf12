/** The files of a project. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const SCRIPT = /\.[cm]?[jt]sx?$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;

/** JavaScript and TypeScript files below a folder, in the order of their names; none of `node_modules`. */
export function scriptsBelow(folder: string): string[] {
  const found: string[] = [];
  for (const entry of entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && !entry.name.startsWith(".")) found.push(...scriptsBelow(path));
    } else if (SCRIPT.test(entry.name) && !DECLARATIONS.test(entry.name)) found.push(path);
  }
  return found;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The text of a file; `undefined` when it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    // It was removed meanwhile, or is not ours to read.
    return [];
  }
}
