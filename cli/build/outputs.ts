/** The scripts that a project's compiler wrote, and what each of them was made of. */

import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { scriptsBelow } from "../../transformer/files.ts";
import { type MappedScript, readMapped, sourceOf } from "../../transformer/script-map.ts";
import type { TypeScriptProject } from "../project/tsconfig.ts";

/** A script that the compiler wrote. */
export interface Output {
  readonly path: string;
  /** Its text, as it stands on the disk. */
  readonly text: string;
  readonly script: MappedScript;
  /** The file it was made of; `undefined` when that cannot be told. */
  readonly source: string | undefined;
}

/** The scripts of a project. One without a source in sight was put there by something else, and is read all the same. */
export function outputsOf(project: TypeScriptProject, read: (path: string) => string | undefined): Output[] {
  const { outDir, folder } = project;
  return scriptsBelow(outDir ?? folder).flatMap((path): Output[] => {
    if (!/\.[cm]?jsx?$/.test(path)) return [];
    const text = read(path);
    if (text === undefined) return [];
    const script = readMapped(path, text);
    const mapped = sourceOf(path, script);
    const source = mapped !== undefined && existsSync(mapped) ? mapped : sourceByPath(project, path);
    // Beside the sources, a script without one is a source itself.
    return outDir === undefined && source === undefined ? [] : [{ path, text, script, source }];
  });
}

/** Extensions of sources, by that of the script. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

/** The file that stands where the script's source would, below one of the folders that may be the root of the sources. */
function sourceByPath({ folder, rootDir, outDir = folder }: TypeScriptProject, path: string): string | undefined {
  const script = relative(outDir, path);
  const extension = /\.[cm]?jsx?$/.exec(script)?.[0] ?? "";
  const stem = script.slice(0, script.length - extension.length);
  const roots = rootDir === undefined ? [folder, join(folder, "src"), join(folder, "lib")] : [rootDir];
  return roots
    .flatMap((root) => (SOURCES[extension] ?? []).map((source) => join(root, stem + source)))
    .find((source) => source !== path && existsSync(source));
}
