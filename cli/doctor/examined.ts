/** A project as `spanwright doctor` sees it: read once, for all checks. */

import { readdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { isFolder, readText, scriptsBelow } from "../../transformer/files.ts";
import { instrument } from "../../transformer/instrument.ts";
import { CommandError } from "../command.ts";
import { type InstalledPackage, installedPackage, type Manifest, manifestIn } from "../project/packages.ts";
import { nearestProject, readProject, type TypeScriptProject } from "../project/tsconfig.ts";

export interface ExaminedProject {
  readonly folder: string;
  readonly manifest: Manifest;
  /** Version of the Node that runs this. */
  readonly node: string;
  /** Version of its SQLite. */
  readonly sqlite: string | undefined;
  readonly typescript: InstalledPackage | undefined;
  readonly tsconfig: TypeScriptProject | undefined;
  /** The package.json of spanwright as installed in the project; it changes when another version is installed. */
  readonly plugin: string | undefined;
  /** Names of the files right in the folder. */
  readonly rootFiles: readonly string[];
  /** Sources with a function that would be traced. */
  readonly marked: readonly string[];
  /** Where builds go. */
  readonly output: string | undefined;
}

/**
 * Reads a project.
 *
 * @param output where its build goes; the `outDir` of tsconfig.json when absent
 * @throws CommandError `SW3530` when there is no such folder
 */
export function examine(given: string, output: string | undefined): ExaminedProject {
  const folder = resolve(given);
  if (!isFolder(folder)) {
    throw new CommandError("SW3530", `${folder} is not a folder`, "Name the folder of your project.");
  }
  const path = nearestProject(folder);
  const tsconfig = path === undefined ? undefined : readProject(path);
  const built = output === undefined ? tsconfig?.outDir : resolve(output);
  const spanwright = installedPackage("spanwright", folder);
  return {
    folder,
    manifest: manifestIn(folder) ?? {},
    node: process.versions.node,
    sqlite: process.versions.sqlite,
    typescript: installedPackage("typescript", folder),
    tsconfig,
    plugin: spanwright && join(spanwright.folder, "package.json"),
    rootFiles: readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])),
    marked: scriptsBelow(folder).filter((file) => !isBelow(file, built) && isMarked(file)),
    output: built,
  };
}

function isBelow(file: string, folder: string | undefined): boolean {
  return folder !== undefined && file.startsWith(folder + sep);
}

function isMarked(file: string): boolean {
  return (instrument(readText(file) ?? "", file)?.sites.length ?? 0) > 0;
}
