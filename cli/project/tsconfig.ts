/** What a project's tsconfig.json says, `extends` followed. */

import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { createFilesMatcher, parseTsconfig } from "get-tsconfig";
import { isFolder } from "../../transformer/files.ts";
import { CommandError } from "../command.ts";

/** A project of TypeScript. */
export interface TypeScriptProject {
  /** Path of its tsconfig.json. */
  readonly path: string;
  readonly folder: string;
  /** Where its JavaScript goes; `undefined`: beside its sources. */
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
  readonly emits: boolean;
  /** The entry of spanwright in `plugins`. */
  readonly hasPlugin: boolean;
  /** Where an incremental build keeps what it knows; `undefined` when the build is not incremental. */
  readonly buildInfo: string | undefined;
  /** Folders and files that `references` names. */
  readonly references: readonly string[];
  /** Whether a file is one of those that `files` and `include` name; the compiler also reads what these import. */
  names(path: string): boolean;
}

/**
 * Reads a project.
 *
 * @param path a tsconfig.json, or the folder that holds one
 * @throws CommandError `SW3510` when there is none, or when it cannot be read
 */
export function readProject(path: string): TypeScriptProject {
  const file = isFolder(path) ? join(path, "tsconfig.json") : path;
  if (!existsSync(file)) {
    throw new CommandError("SW3510", `there is no ${file}`, "Name the project with -p, or call this in its folder.");
  }
  const config = parsed(file);
  const { compilerOptions = {}, references = [] } = config;
  const folder = dirname(file);
  const { outDir, rootDir, noEmit, emitDeclarationOnly, plugins = [] } = compilerOptions;
  const matches = createFilesMatcher({ path: file, config });
  const absolute = (given: string | undefined) => (given === undefined ? undefined : resolve(folder, given));
  return {
    path: file,
    folder,
    outDir: absolute(outDir),
    rootDir: absolute(rootDir),
    emits: noEmit !== true && emitDeclarationOnly !== true,
    hasPlugin: plugins.some((plugin) => "transform" in plugin && String(plugin.transform).startsWith("spanwright/")),
    buildInfo: buildInfoOf(file, compilerOptions),
    references: references.map((reference) => resolve(folder, reference.path)),
    names: (path) => matches(path) !== undefined,
  };
}

/** The tsconfig.json in a folder or in one above it. */
export function nearestProject(folder: string): string | undefined {
  const path = join(folder, "tsconfig.json");
  if (existsSync(path)) return path;
  return dirname(folder) === folder ? undefined : nearestProject(dirname(folder));
}

type Tsconfig = ReturnType<typeof parseTsconfig>;

function parsed(file: string): Tsconfig {
  try {
    return parseTsconfig(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError("SW3510", `${file} cannot be read: ${reason}`, "Repair it, or what it extends.");
  }
}

/** @see https://www.typescriptlang.org/tsconfig/#tsBuildInfoFile */
function buildInfoOf(file: string, options: NonNullable<Tsconfig["compilerOptions"]>): string | undefined {
  const folder = dirname(file);
  const { incremental, composite, tsBuildInfoFile, outDir = ".", rootDir = "." } = options;
  if (incremental !== true && composite !== true) return undefined;
  if (tsBuildInfoFile !== undefined) return resolve(folder, tsBuildInfoFile);
  // It stands as far from the output's root as the configuration does from the sources'.
  const name = relative(resolve(folder, rootDir), file.replace(/\.json$/, ".tsbuildinfo"));
  return resolve(folder, outDir, options.outDir === undefined ? basename(name) : name);
}
