/** Instruments the files of a build whose host hands them over as text. */
import { extname, isAbsolute } from "node:path";
import type { Build, Report } from "./build.ts";
import { hostProblem, reasonOf } from "./host-problems.ts";
import { type InstrumentOptions, type InstrumentResult, instrument } from "./instrument.ts";
import { owningPackage } from "./packages.ts";

/** A file as a host hands it over. */
export interface TextFile {
  /** Its path, absolute; a query may follow. */
  readonly id: string;
  readonly code: string;
  /** How the host loads it where its syntax and extension do not say. */
  readonly format: NonNullable<InstrumentOptions["format"]>;
  /** The map that leads from `code` to what it was made of, where the host does not chain maps itself. */
  readonly inputMap?: unknown;
}

export interface TextOutput {
  readonly code: string;
  readonly map: NonNullable<InstrumentResult["map"]>;
}

/** Instruments a file of a build; `null` when it stays as it is. */
export function buildText(build: Build, file: TextFile, report: Report): TextOutput | null {
  const { id, code } = file;
  const path = pathOf(id);
  if (path === undefined || !build.mayTrace(code) || !build.enters(path)) return null;
  const result = instrumented(build, path, file, report);
  build.take(path, code, result ?? { sites: [], diagnostics: [] }, report);
  if (!result?.map) return null;
  const { map, inputMapProblem } = result;
  if (inputMapProblem !== undefined) build.problem(hostProblem("SW3006", path, inputMapProblem), report);
  return { code: result.code, map };
}

/** Extensions of the files that are read; all others are somebody else's. */
export const CODE_FILE = /\.[cm]?[jt]sx?(?=$|\?)/;

/** The path of an id; `undefined` when it is no file of code. */
export function pathOf(id: string): string | undefined {
  const path = id.replace(/\?.*$/s, "");
  return isAbsolute(path) && CODE_FILE.test(path) ? path : undefined;
}

function instrumented(build: Build, path: string, file: TextFile, report: Report): InstrumentResult | null {
  const { select = "marked", strict = false } = build.options;
  try {
    const { code, format, inputMap } = file;
    return instrument(code, path, { root: build.root, format, select, strict, inputMap: inputMap ?? undefined });
  } catch (error) {
    build.problem(hostProblem("SW3009", path, reasonOf(error)), report);
    return null;
  }
}

/**
 * How Node, and a bundler that follows it, loads a file whose syntax does not say.
 * @see https://nodejs.org/api/packages.html#determining-module-system
 */
export function formatByPackage(path: string): TextFile["format"] {
  if (/^\.m/.test(extname(path))) return "module";
  if (/^\.c/.test(extname(path))) return "commonjs";
  return owningPackage(path)?.type ?? "commonjs";
}

/** Whether a file is CommonJS for hosts that tell by its syntax alone. */
export function looksLikeCommonJs(code: string): boolean {
  return COMMON_JS.test(code) && !MODULE.test(code);
}

const COMMON_JS = /\bmodule\.exports\b|\bexports\.\w|\brequire\s*\(/;
const MODULE = /^\s*(?:import\b(?!\s*\()|export\b)/m;
