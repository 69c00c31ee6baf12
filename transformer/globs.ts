import { readdirSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";

/** A list of globs, relative to a root, that knows which of them have matched something. */
export class Globs {
  readonly #root: string;
  readonly #globs: readonly { readonly glob: string; readonly matches: (path: string) => boolean }[];
  readonly #used = new Set<string>();

  constructor(globs: string | readonly string[], root: string) {
    this.#root = root;
    const list = typeof globs === "string" ? [globs] : globs;
    this.#globs = list.map((glob) => ({ glob, matches: picomatch(glob.replace(/^\.\//, ""), { dot: true }) }));
  }

  /** @param path a file, relative to the root, with forward slashes */
  match(path: string): boolean {
    const matching = this.#globs.filter(({ matches }) => matches(path));
    for (const { glob } of matching) this.#used.add(glob);
    return matching.length > 0;
  }

  /** The globs that match no file at all: none that was asked for, and none that is below the root. */
  unused(): string[] {
    const left = this.#globs.filter(({ glob }) => !this.#used.has(glob));
    return left.filter(({ glob, matches }) => !this.#existsBelow(glob, matches)).map(({ glob }) => glob);
  }

  #existsBelow(glob: string, matches: (path: string) => boolean): boolean {
    const { base } = picomatch.scan(glob);
    const entersModules = glob.includes("node_modules");
    for (const file of filesBelow(this.#root, base, entersModules)) if (matches(file)) return true;
    return false;
  }
}

/** Files below a folder, relative to the root, with forward slashes. A folder that cannot be listed holds none. */
function* filesBelow(root: string, folder: string, entersModules: boolean): Generator<string> {
  for (const entry of listed(join(root, folder))) {
    const path = folder === "" || folder === "." ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) yield path;
    else if (entry.name !== ".git" && (entersModules || entry.name !== "node_modules"))
      yield* filesBelow(root, path, entersModules);
  }
}

function listed(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // It is no folder, or not ours to read: either way nothing in it can be built.
    return [];
  }
}
