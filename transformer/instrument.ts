import type { SourceMap } from "magic-string";
import type { SiteRow } from "../runtime/contract.ts";
import { type Diagnostic, diagnose } from "./diagnostics.ts";
import { emitText } from "./emit/text.ts";
import { readInputMap } from "./input-map.ts";
import { parseWithOxc } from "./parse/oxc.ts";
import type { Plan } from "./plan.ts";
import { relativePath } from "./relative-path.ts";
import { mayHaveMark } from "./scan.ts";
import { RUNTIME_MODULE, selectFunctions } from "./select.ts";
import type { Syntax } from "./syntax.ts";

export type { Diagnostic, DiagnosticCode } from "./diagnostics.ts";
export { DIAGNOSTICS, formatDiagnostic } from "./diagnostics.ts";
export { mayHaveMark } from "./scan.ts";

export interface InstrumentOptions {
  /** The project's root, against which `code.file.path` is given. Default: the working directory. */
  readonly root?: string;
  /**
   * How the file is loaded when its syntax and extension do not say: a file without `import` and `export`
   * gets `require` for `commonjs` (the default) and `import` for `module`.
   */
  readonly format?: "module" | "commonjs";
  /**
   * Which functions are traced: those with a mark (`marked`, the default), those that the file exports, too
   * (`exported`), or every one (`all`). `// @trace off` excepts a function.
   */
  readonly select?: "marked" | "exported" | "all";
  /** Whether warnings become errors. Default: false. */
  readonly strict?: boolean;
  /** What the file was made of, when it is a compiler's output. Default: it is a source itself. */
  readonly origin?: Origin;
  /** The source map that came with the file, an object or JSON text; the result's leads through it. Default: none. */
  readonly inputMap?: unknown;
}

/** The source of a compiler's output, by which its traced functions are named. */
export interface Origin {
  /** The source's path, absolute or relative to the root. */
  readonly id: string;
  /** The source's line, from 1, of a function of the output. */
  line(site: SiteRow): number;
}

/** A traced function of a file. */
export interface TracedFunction extends SiteRow {
  /** The file, relative to the root, with forward slashes. */
  readonly file: string;
}

/** What there is to say of a file. */
export interface Inspection {
  /** The functions that are traced, in order of appearance. */
  readonly sites: readonly TracedFunction[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface InstrumentResult extends Inspection {
  /** The file's text; what came in when nothing was traced. */
  readonly code: string;
  /** Source map, version 3, from `code` to what came in, or through `inputMap`; `null` when nothing was traced. */
  readonly map: SourceMap | null;
  /** Why `inputMap` cannot be read, in words; the map leads to what came in. */
  readonly inputMapProblem?: string;
}

/**
 * Writes spans into the marked functions of a file.
 *
 * A file without a mark costs a search of its text; no parser is run. A file that is compiled already is
 * left alone, so that instrumenting twice changes nothing. The result holds JavaScript or TypeScript as
 * the file did: run it before anything that strips comments.
 *
 * @param code the file's text: JavaScript or TypeScript, with or without JSX
 * @param id the file's path, absolute or relative to the root; its extension tells the language
 * @returns `null` when there is nothing to say about the file
 * @example
 * const result = instrument("// @trace\nfunction add(x) { return x + 1 }", "src/add.js");
 */
export function instrument(code: string, id: string, options: InstrumentOptions = {}): InstrumentResult | null {
  const found = planOf(code, id, options);
  if (!found) return null;
  const { plan, sites, diagnostics } = found;
  if (!plan) return { code, map: null, sites, diagnostics };
  const input = options.inputMap === undefined ? undefined : readInputMap(options.inputMap);
  if (typeof input === "string") return { ...emitText(code, plan, id), sites, diagnostics, inputMapProblem: input };
  return { ...emitText(code, plan, id, input), sites, diagnostics };
}

/** What {@link instrument} would trace in a file, and say of it. */
export function inspect(code: string, id: string, options: InstrumentOptions = {}): Inspection | null {
  const found = planOf(code, id, options);
  return found && { sites: found.sites, diagnostics: found.diagnostics };
}

function planOf(
  code: string,
  id: string,
  options: InstrumentOptions,
): (Inspection & { readonly plan: Plan | undefined }) | null {
  const { select = "marked", strict = false, origin } = options;
  if (select === "marked" && !mayHaveMark(code)) return null;
  const syntax = parseWithOxc(code, id, sourceType(id, options));
  if (syntax.modules.includes(RUNTIME_MODULE)) return null;
  const [problem] = syntax.problems;
  if (problem) {
    const unreadable = diagnose("SW1001", id, code, problem.at, problem.message);
    return { plan: undefined, sites: [], diagnostics: [unreadable] };
  }
  const file = relativePath(origin?.id ?? id, options.root ?? process.cwd());
  const { plan: found, diagnostics } = selectFunctions(syntax, {
    id,
    file,
    select,
    strict,
    importBy: importBy(syntax, id, options),
  });
  if (!found && diagnostics.length === 0) return null;
  const plan = found && origin ? relocated(found, origin) : found;
  return { plan, sites: plan?.sites.map(({ row }) => ({ ...row, file })) ?? [], diagnostics };
}

function relocated(plan: Plan, origin: Origin): Plan {
  return { ...plan, sites: plan.sites.map((site) => ({ ...site, row: { ...site.row, line: origin.line(site.row) } })) };
}

function sourceType(id: string, { format }: InstrumentOptions): "module" | "commonjs" | "unambiguous" {
  if (/\.m[jt]s$/.test(id)) return "module";
  if (/\.c[jt]s$/.test(id)) return "commonjs";
  return format === "module" ? "module" : "unambiguous";
}

function importBy<N>({ isModule }: Syntax<N>, id: string, { format }: InstrumentOptions): Plan["importBy"] {
  if (/\.c[jt]s$/.test(id)) return "require";
  return isModule || format === "module" || /\.m[jt]s$/.test(id) ? "import" : "require";
}
