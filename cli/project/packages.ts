/** Which packages a project has, as Node resolves them. */

import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

/** The manifest of a package, as far as commands read it. */
export interface Manifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly scripts?: unknown;
}

/** A package that is installed. */
export interface InstalledPackage {
  /** Its folder, links resolved. */
  readonly folder: string;
  readonly version: string;
  readonly manifest: Manifest;
}

/** The package that `import` of its name gets from a folder; `undefined` when it is not installed. */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, "node_modules", name);
    if (existsSync(join(place, "package.json"))) {
      const manifest = manifestIn(place);
      return manifest && { folder: realpathSync(place), version: String(manifest.version), manifest };
    }
    if (dirname(folder) === folder) return undefined;
  }
}

/** The manifest in a folder; `undefined` when there is none that can be read. */
export function manifestIn(folder: string): Manifest | undefined {
  const parsed = readJson(join(folder, "package.json"));
  return typeof parsed === "object" && parsed !== null ? parsed : undefined;
}

/** A JSON file's value; `undefined` when the file is not there or holds something else. */
function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** The keys of an object of a manifest, such as its `dependencies`. */
export function keysOf(part: unknown): string[] {
  return typeof part === "object" && part !== null ? Object.keys(part) : [];
}

/** Major and minor of a version, as one number that grows with it. */
export function majorMinor(version: string): number {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  return major * 1000 + minor;
}
