/** Copies a folder and traces every function of the copy. */

import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { type InstrumentOptions, instrument } from "../../transformer/instrument.ts";
import { integrityProblems, seenFunctions } from "./integrity.ts";

/** What became of a tree. */
export interface TreeReport {
  /** Files that were read, and those of them in which functions are traced now. */
  readonly files: { read: number; instrumented: number };
  /** Functions with a body, and those of them that are traced now. */
  readonly functions: { found: number; instrumented: number };
  /** Files that stay as they are, counted by reason. */
  readonly skippedFiles: Map<string, number>;
  /** Functions that are not traced, counted by reason. */
  readonly skippedFunctions: Map<string, number>;
  /** What must not be, each with its file. */
  readonly failures: string[];
}

export interface TreeOptions {
  /** Whether the files of `node_modules` are traced as well; otherwise the copy uses the original's. */
  readonly dependencies: boolean;
}

const root = join(import.meta.dirname, "../..");
const SOURCE = /(?<!\.d)\.[cm]?[jt]sx?$/;

/**
 * Copies a folder, every function traced. The copy finds `spanwright/runtime`.
 * @param from folder; it is only read
 * @param to folder that does not exist yet, or is empty
 */
export function traceTree(from: string, to: string, options: TreeOptions): TreeReport {
  const report: TreeReport = {
    files: { read: 0, instrumented: 0 },
    functions: { found: 0, instrumented: 0 },
    skippedFiles: new Map(),
    skippedFunctions: new Map(),
    failures: [],
  };
  copyFolder(from, to, { from, options, report });
  const link = join(to, "node_modules/spanwright");
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { recursive: true, force: true });
  symlinkSync(root, link, "junction");
  return report;
}

interface Copying {
  /** The folder the whole tree is copied from. */
  readonly from: string;
  readonly options: TreeOptions;
  readonly report: TreeReport;
  /** What the nearest package.json says of `.js` files; `commonjs` when there is none. */
  readonly format?: NonNullable<InstrumentOptions["format"]>;
}

function copyFolder(from: string, to: string, around: Copying): void {
  mkdirSync(to, { recursive: true });
  const entries = readdirSync(from, { withFileTypes: true });
  const copying = entries.some(({ name }) => name === "package.json")
    ? { ...around, format: formatOf(join(from, "package.json")) }
    : around;
  for (const entry of entries) {
    const source = join(from, entry.name);
    const target = join(to, entry.name);
    if (entry.name === ".git") continue;
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else if (entry.isDirectory() && entry.name === "node_modules" && !copying.options.dependencies)
      linkEntries(source, target);
    else if (entry.isDirectory()) copyFolder(source, target, copying);
    else if (SOURCE.test(entry.name)) traceFile(source, target, copying);
    else if (entry.isFile()) copyFileSync(source, target);
  }
}

function formatOf(manifest: string): NonNullable<InstrumentOptions["format"]> {
  return /"type"\s*:\s*"module"/.test(readFileSync(manifest, "utf8")) ? "module" : "commonjs";
}

function linkEntries(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) symlinkSync(realpathSync(join(from, name)), join(to, name), "junction");
}

function traceFile(source: string, target: string, { from, format, report }: Copying): void {
  const code = readFileSync(source, "utf8");
  const id = relative(from, source);
  const options: InstrumentOptions = { select: "all", root: from, ...(format ? { format } : {}) };
  report.files.read++;
  copyFileSync(source, target);
  try {
    const traced = traceText(code, source, id, options, report);
    if (traced !== undefined) writeFileSync(target, traced);
  } catch (error) {
    report.failures.push(`${id}: the transformer threw ${error instanceof Error ? error.stack : error}`);
  }
}

/** @returns the text with its functions traced, if there are any */
function traceText(
  code: string,
  path: string,
  id: string,
  options: InstrumentOptions,
  report: TreeReport,
): string | undefined {
  const result = instrument(code, path, options);
  if (result === null) {
    const missed = seenFunctions(code, path).length > 0;
    count(report.skippedFiles, missed ? "they are instrumented already" : "they hold no function");
    return undefined;
  }
  const unread = result.diagnostics.find((diagnostic) => diagnostic.code === "SW1001");
  if (unread) {
    report.failures.push(`${id}: it does not parse: ${unread.message}`);
    return undefined;
  }
  for (const problem of integrityProblems(code, path, options, result)) report.failures.push(`${id}: ${problem}`);
  countFunctions(code, path, id, result, report);
  if (result.map === null) return undefined;
  report.files.instrumented++;
  return result.code;
}

function countFunctions(
  code: string,
  path: string,
  id: string,
  { sites, diagnostics }: NonNullable<ReturnType<typeof instrument>>,
  { functions, skippedFunctions, failures }: TreeReport,
): void {
  const found = seenFunctions(code, path).length;
  functions.found += found;
  functions.instrumented += sites.length;
  const untraceable = diagnostics.filter((diagnostic) => diagnostic.code === "SW1009");
  for (const { message } of untraceable) count(skippedFunctions, message);
  const rest = found - sites.length - untraceable.length;
  if (rest === 0) return;
  if (rest > 0 && /@trace\s+off/.test(code)) count(skippedFunctions, "a mark says `off`", rest);
  else failures.push(`${id}: of ${found} functions, ${sites.length} are traced and ${untraceable.length} skipped`);
}

function count(counts: Map<string, number>, reason: string, by = 1): void {
  counts.set(reason, (counts.get(reason) ?? 0) + by);
}
