/** What the arguments of `spanwright build`, which are the compiler's own, say of the projects it builds. */

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { CommandError } from "../command.ts";
import { nearestProject, readProject, type TypeScriptProject } from "../project/tsconfig.ts";

/** A call of the compiler. */
export interface CompilerCall {
  /** Projects whose JavaScript it writes; none when it does something else than to build. */
  readonly projects: readonly TypeScriptProject[];
  readonly watch: boolean;
}

/** Options after which the compiler writes no JavaScript of a project. */
const WRITES_NOTHING = new Set([
  "--all",
  "--clean",
  "--dry",
  "--emitdeclarationonly",
  "--help",
  "--init",
  "--listfilesonly",
  "--noemit",
  "--showconfig",
  "--version",
]);

/**
 * Reads the arguments of a call of `tsc`.
 *
 * @param folder where it is called; paths are relative to it
 * @throws CommandError `SW3510` for a project that cannot be read, `SW3511` for files in place of a project,
 *   `SW3512` for projects that write no JavaScript
 */
export function readArguments(args: readonly string[], folder: string): CompilerCall {
  const builds = args.some((argument) => /^--?b(uild)?$/i.test(argument));
  const flags = flagsOf(args, builds);
  if ([...flags.keys()].some((flag) => WRITES_NOTHING.has(flag))) return { projects: [], watch: false };
  const file = builds ? undefined : args.find((argument) => /^[^-].*\.[cm]?[jt]sx?$/.test(argument));
  if (file !== undefined) {
    throw new CommandError(
      "SW3511",
      `spanwright build was given a file, ${file}`,
      "It builds projects: name a tsconfig.json with -p, or its folder after -b.",
    );
  }
  const project = flags.get("--project") ?? nearestProject(folder) ?? ".";
  const projects = closure(builds ? namedProjects(args, folder) : [resolve(folder, project)], builds);
  const emitting = projects.filter(({ emits }) => emits).map((project) => withFlags(project, flags, folder));
  if (emitting.length === 0) {
    throw new CommandError(
      "SW3512",
      `${projects.map(({ path }) => path).join(", ")} writes no JavaScript`,
      "Remove noEmit or emitDeclarationOnly, or let the tool that writes the JavaScript instrument it.",
    );
  }
  return { projects: emitting, watch: flags.has("--watch") };
}

/** The options among the arguments, by their full names in lower case, with the value of those that name a path. */
function flagsOf(args: readonly string[], builds: boolean): Map<string, string | undefined> {
  const flags = new Map<string, string | undefined>();
  for (const [at, argument] of args.entries()) {
    if (!argument.startsWith("-")) continue;
    const name = argument.replace(/^--?/, "").toLowerCase();
    const flag = `--${(builds ? SHORT_IN_BUILDS : SHORT)[name] ?? name}`;
    flags.set(flag, TAKES_PATH.has(flag) ? args[at + 1] : undefined);
  }
  return flags;
}

/** @see https://www.typescriptlang.org/docs/handbook/compiler-options.html */
const SHORT: Readonly<Record<string, string>> = { "?": "help", h: "help", p: "project", v: "version", w: "watch" };
const SHORT_IN_BUILDS: Readonly<Record<string, string>> = { "?": "help", d: "dry", h: "help", w: "watch" };

/** Options that are followed by a path. All others that take a value are the compiler's affair. */
const TAKES_PATH = new Set(["--outdir", "--project", "--rootdir"]);

/** What stands among the arguments of `tsc -b` and is a project; the values of options are none. */
function namedProjects(args: readonly string[], folder: string): string[] {
  const paths = args.filter((argument) => !argument.startsWith("-")).map((argument) => resolve(folder, argument));
  const named = paths.filter((path) => path.endsWith(".json") || existsSync(join(path, "tsconfig.json")));
  return named.length > 0 ? named : [folder];
}

/** The projects, with all that they refer to where references are built, too. */
function closure(paths: readonly string[], references: boolean): TypeScriptProject[] {
  const found = new Map<string, TypeScriptProject>();
  const add = (path: string): void => {
    const project = readProject(path);
    if (found.has(project.path)) return;
    found.set(project.path, project);
    if (references) project.references.forEach(add);
  };
  paths.forEach(add);
  return [...found.values()];
}

function withFlags(project: TypeScriptProject, flags: ReadonlyMap<string, string | undefined>, folder: string) {
  const given = (flag: string) => {
    const path = flags.get(flag);
    return path === undefined ? undefined : resolve(folder, path);
  };
  return {
    ...project,
    outDir: given("--outdir") ?? project.outDir,
    rootDir: given("--rootdir") ?? project.rootDir,
  };
}
