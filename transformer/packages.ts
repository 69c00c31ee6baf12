import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a build needs to know of the package that a file belongs to. */
export interface OwningPackage {
  readonly folder: string;
  /** How Node loads a `.js` or `.ts` file of it that does not say so by its syntax; `undefined` when not declared. */
  readonly type: "module" | "commonjs" | undefined;
  readonly name: string | undefined;
}

const found = new Map<string, OwningPackage | undefined>();

/**
 * The nearest package.json above a file, as Node looks it up.
 * @see https://nodejs.org/api/packages.html#determining-module-system
 */
export function owningPackage(file: string): OwningPackage | undefined {
  const folder = dirname(file);
  if (folder === file) return undefined;
  if (!found.has(folder)) found.set(folder, packageIn(folder) ?? owningPackage(folder));
  return found.get(folder);
}

function packageIn(folder: string): OwningPackage | undefined {
  const manifest = manifestIn(folder);
  if (manifest === undefined) return undefined;
  const { type, name } = manifest;
  return {
    folder,
    type: type === "module" || type === "commonjs" ? type : undefined,
    name: typeof name === "string" ? name : undefined,
  };
}

/** What package.json in a folder says; `undefined` when there is none that can be read. */
export function manifestIn(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof manifest === "object" && manifest !== null ? { ...manifest } : {};
  } catch {
    // There is none, or it is broken, which every tool that runs before this one says itself.
    return undefined;
  }
}
