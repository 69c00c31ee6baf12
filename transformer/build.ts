/**
 * One build of a project, the same for every host: which files enter, what became of them, what is said about
 * them, and what is left at the end. It reads no code itself, so that a host with a parser of its own can use it.
 */
import { resolve } from "node:path";
import type { SiteRow } from "../runtime/contract.ts";
import { type Diagnostic, formatDiagnostic } from "./diagnostics.ts";
import { Globs } from "./globs.ts";
import { formatHostProblem, type HostProblem, hostProblem, reasonOf } from "./host-problems.ts";
import type { BuildOptions } from "./options.ts";
import { owningPackage } from "./packages.ts";
import { relativePath } from "./relative-path.ts";
import { includesModules, mayHaveMark, tracesMarkedOnly } from "./scan.ts";
import { hashOf, isUnchanged, type SitesOfFile, writeSitesFile } from "./sites-file.ts";

/** Takes a message of a build, whole and ready to be shown. */
export type Report = (message: string, severity: "error" | "warning") => void;

/** For hosts that show no messages of their own. */
export const toStderr: Report = (message) => console.error(message);

/** What came of instrumenting one file. */
export interface FileResult {
  readonly sites: readonly SiteRow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a build came to. */
export interface BuildOutcome {
  /** Files with a traced function. */
  readonly files: number;
  readonly functions: number;
  readonly warnings: number;
  /** A build with errors has failed. */
  readonly errors: number;
}

interface FileEntry extends FileResult {
  readonly path: string;
  /** The text that was instrumented, to tell whether there is something new to say. */
  readonly text: string;
  readonly hash: string;
}

/** A build, from its first file to its end, and again for as long as a host watches. */
export class Build {
  readonly options: BuildOptions;
  /** Absolute path of the project's root. */
  readonly root: string;
  readonly #host: string;
  readonly #include: Globs | undefined;
  readonly #exclude: Globs;
  readonly #includesModules: boolean;
  readonly #entries = new Map<string, FileEntry>();
  readonly #problems = new Map<string, HostProblem>();
  /** What was instrumented since the last end of the build. */
  readonly #fresh = new Set<string>();

  /**
   * @param options as {@link checkOptions} returns them
   * @param host its name, for messages: `spanwright/vite`
   * @param root the host's own root, where the options name none
   */
  constructor(options: BuildOptions, host: string, root: string = process.cwd()) {
    this.options = options;
    this.root = resolve(root, options.root ?? "");
    this.#host = host;
    this.#include = options.include === undefined ? undefined : new Globs(options.include, this.root);
    this.#exclude = new Globs(options.exclude ?? [], this.root);
    this.#includesModules = includesModules(options);
  }

  /**
   * Whether a file is of this build.
   * @param path absolute, without a query
   */
  enters(path: string): boolean {
    if (this.options.enabled === false) return false;
    const file = relativePath(path, this.root);
    if (!this.#includesModules && /(^|\/)node_modules\//.test(file)) return false;
    // Both are asked, so that a glob knows of every file that it matches.
    const excluded = this.#exclude.match(file);
    const included = this.#include?.match(file) ?? true;
    return included && !excluded && !isOwnModule(path);
  }

  /** Whether a text may have a function that is traced: the search that runs before any parser loads. */
  mayTrace(text: string): boolean {
    return !tracesMarkedOnly(this.options) || mayHaveMark(text);
  }

  /**
   * Takes what came of a file, in place of what was known of it, and reports what was not said of the same text.
   *
   * @param path absolute, without a query
   * @param text the file as it came in
   */
  take(path: string, text: string, { sites, diagnostics }: FileResult, report: Report): void {
    const known = this.#entries.get(path);
    this.#fresh.add(path);
    if (known?.text === text) return;
    // Of a file that there is nothing to say of, nothing is kept for another build.
    const hash = sites.length + diagnostics.length > 0 ? hashOf(path, text) : "";
    this.#entries.set(path, { path, text, hash, sites, diagnostics });
    for (const diagnostic of diagnostics) report(formatDiagnostic(diagnostic), diagnostic.severity);
  }

  /** Reports a problem of the build as a whole, once. */
  problem(found: HostProblem, report: Report): void {
    const severity = this.options.strict ? "error" : found.severity;
    const text = formatHostProblem({ ...found, severity });
    if (this.#problems.has(text)) return;
    this.#problems.set(text, { ...found, severity });
    report(text, severity);
  }

  /**
   * Ends the build, or one round of it: reports what can only be known now, writes the list of traced functions
   * and the line after the build.
   */
  finish(report: Report): BuildOutcome {
    if (this.options.enabled === false) return { files: 0, functions: 0, warnings: 0, errors: 0 };
    this.#forgetChanged();
    this.#reportGlobs(report);
    this.#reportOutside(report);
    this.#writeSites(report);
    const outcome = this.#outcome();
    if (this.options.summary !== false) console.error(summaryOf(outcome));
    return outcome;
  }

  /** A file that a cache kept from being instrumented again is as it was, unless it changed or is gone. */
  #forgetChanged(): void {
    for (const { path, hash } of this.#entries.values())
      if (!this.#fresh.has(path) && !isUnchanged(path, hash)) this.#entries.delete(path);
    this.#fresh.clear();
  }

  #reportGlobs(report: Report): void {
    const unused = { include: this.#include?.unused() ?? [], exclude: this.#exclude.unused() };
    for (const [option, globs] of Object.entries(unused)) {
      for (const glob of globs) {
        const at = `\`${option}\` at ${this.#host}`;
        this.problem(hostProblem("SW3004", JSON.stringify(glob), at, this.root), report);
      }
    }
  }

  #reportOutside(report: Report): void {
    for (const { path, sites } of this.#entries.values()) {
      if (sites.length > 0 && relativePath(path, this.root) === path.replaceAll("\\", "/"))
        this.problem(hostProblem("SW3008", path, this.root), report);
    }
  }

  #writeSites(report: Report): void {
    if (this.options.sites === undefined) return;
    const path = resolve(this.root, this.options.sites);
    const built = [...this.#entries.values()].map(
      ({ path, hash, sites }): SitesOfFile => ({ file: relativePath(path, this.root), hash, functions: sites }),
    );
    try {
      writeSitesFile(path, this.root, built);
    } catch (error) {
      this.problem(hostProblem("SW3005", path, "written", reasonOf(error)), report);
    }
  }

  #outcome(): BuildOutcome {
    const entries = [...this.#entries.values()];
    const said = [...entries.flatMap(({ diagnostics }) => diagnostics), ...this.#problems.values()];
    const count = (wanted: Diagnostic["severity"]) => said.filter(({ severity }) => severity === wanted).length;
    return {
      files: entries.filter(({ sites }) => sites.length > 0).length,
      functions: entries.reduce((sum, { sites }) => sum + sites.length, 0),
      warnings: count("warning"),
      errors: count("error"),
    };
  }
}

/** The line after a build: `spanwright: 3 files, 12 functions, 1 warning`. */
export function summaryOf({ files, functions, warnings, errors }: BuildOutcome): string {
  const counts = [counted(files, "file"), counted(functions, "function")];
  if (warnings > 0) counts.push(counted(warnings, "warning"));
  if (errors > 0) counts.push(counted(errors, "error"));
  return `spanwright: ${counts.join(", ")}`;
}

/** Why a build failed, for a host that is told so by a message; the errors themselves were reported before. */
export function failureOf({ errors }: BuildOutcome): string | undefined {
  return errors === 0 ? undefined : `spanwright: ${counted(errors, "error")}, reported above`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Spanwright's built modules, which a bundler that follows links finds outside of any `node_modules`. */
function isOwnModule(path: string): boolean {
  const file = path.replaceAll("\\", "/");
  if (!/\/dist\/(?:(?:cjs|browser)\/)?(?:runtime|transformer|cli)\//.test(file)) return false;
  const owner = owningPackage(file.replace(/\/dist\/(?!.*\/dist\/).*$/, "/dist"));
  return owner?.name === "spanwright";
}
