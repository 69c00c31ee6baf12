/**
 * The pieces of code that emitting a plan adds: the one place that spells them.
 */
import type { ContractVersion, SiteRow } from "../../runtime/contract.ts";
import type { EmittedNames, Ending, FunctionSite, NamedResource, Plan } from "../plan.ts";
import { RUNTIME_MODULE } from "../select.ts";

/** Brings the runtime in; stands before the file's first statement. */
export function runtimeImport({ names, importBy }: Plan): string {
  const module = JSON.stringify(RUNTIME_MODULE);
  return importBy === "import"
    ? `import * as ${names.runtime} from ${module}; `
    : `const ${names.runtime} = require(${module}); `;
}

const CONTRACT: ContractVersion = 2;

/**
 * The site table, last in the file. `var` and `function` are hoisted, so that a function called before the
 * module's first line (in an import cycle) finds them.
 */
export function siteTable({ sites, names, file }: Plan): string {
  const rows = sites.map(({ row }) => literal(row)).join(", ");
  const variables = [...sites.map(({ index }) => names.site + index), names.siteTable].join(", ");
  const table = `${names.runtime}.sites(${CONTRACT}, ${literal(file)}, [${rows}])`;
  return `var ${variables}; ${delegation(sites, names)}function ${names.siteOf}(i) { return (${names.siteTable} ??= ${table})[i]; }`;
}

/**
 * What `yield*` calls the frame by. A method that waits for its argument keeps two registers in the generator's
 * frame on the stack, which the generator that it delegates to stands on; a function keeps one.
 */
function delegation(sites: readonly FunctionSite[], { delegate, delegated }: EmittedNames): string {
  const delegates = sites.some(({ points }) => points.some(({ is }) => is === "delegate"));
  if (!delegates) return "";
  return `function ${delegate}(e, f, d) { return f.delegate(e, d); } function ${delegated}(v, f) { return f.resume(v); } `;
}

/** The traced functions that a compiled file's table names; `undefined` when the file has no table. */
export function readSiteTable(code: string): { readonly file: string; readonly rows: readonly SiteRow[] } | undefined {
  const found = SITE_TABLE.exec(code);
  if (!found) return undefined;
  const [, file = "", rows = ""] = found;
  return { file: JSON.parse(file), rows: JSON.parse(rows.replaceAll('["__proto__"]:', '"__proto__":')) };
}

/** What {@link siteTable} writes, as far as a compiler leaves it on one line. */
const SITE_TABLE = /\.sites\(\d+, ("(?:[^"\\]|\\.)*"), (\[.*\])\)\)\[i\]; \}\s*(?:\/\/[^\n]*\s*)*$/;

/** Opens the span. Stands first in the body. */
export function opening({ index, inputs, hoisted, wrapper }: FunctionSite, names: EmittedNames): string {
  const site = names.site + index;
  const values = inputs === undefined ? "" : `[${inputs.join(", ")}]`;
  const declared = hoisted.length ? `var ${hoisted.join(", ")}; ` : "";
  const open = `const ${names.frame} = (${site} ??= ${names.siteOf}(${index})).on ? ${site}.open(${values}) : ${names.runtime}.off;`;
  const configure = wrapper?.stays ? ` if (${names.frame}.on) ${names.frame}.configure(${names.options});` : "";
  return `${declared}${open} try {${configure}`;
}

/** What `iterate` takes beside what is iterated over. */
export function quotation(quoted: string | undefined): string {
  return quoted === undefined ? "" : `, ${JSON.stringify(quoted)}`;
}

/** What `resume` and `delegate` take beside the value, where there is something to say of it. */
export function flag(raised: boolean): string {
  return raised ? ", true" : "";
}

/** Stands first in a `catch` or `finally`. */
export function handling({ frame }: EmittedNames, caught: string | undefined): string {
  return caught === undefined ? `${frame}.resume();` : `${frame}.caught(${caught});`;
}

/** Ends the span. Stands last in the body. */
export function closing({ ending }: FunctionSite, { frame, error }: EmittedNames): string {
  const last: Readonly<Record<Ending, string>> = {
    finally: ` finally { ${frame}.end(); }`,
    last: ` ${frame}.end();`,
    none: "",
  };
  return `} catch (${error}) { throw ${frame}.fail(${error}); }${last[ending]}`;
}

/** A statement of a traced function that was added to it. */
export interface AddedStatement {
  /** An expression body becomes one that is returned. */
  readonly is: "opened" | "opened expression" | "closed" | "closed expression" | "resumed";
  readonly start: number;
  readonly end: number;
}

/** The statements that were added to a line of a file, as far as coverage would count them. */
export function addedStatements(line: string): AddedStatement[] {
  return [...line.matchAll(ADDED)].map(({ index: start, 0: text, groups }): AddedStatement => {
    const end = start + text.length;
    if (groups?.resumed !== undefined) return { is: "resumed", start, end };
    if (groups?.opened !== undefined) {
      return { is: line.startsWith(` return ${groups.frame}.ret(`, end) ? "opened expression" : "opened", start, end };
    }
    return { is: line.startsWith(" }", end) ? "closed expression" : "closed", start, end };
  });
}

/** What {@link opening}, {@link closing} and {@link handling} write. */
const ADDED = new RegExp(
  [
    /(?<opened>(?:var [^;]+; )?const (?<frame>__sw\w*) = \((?<site>__sw\w*) \?\?= \w+\(\d+\)\)\.on \? \k<site>\.open\(.*?\) : \w+\.off; try \{)/,
    /\} catch \((?<error>__sw\w*)\) \{ throw (?<failing>__sw\w*)\.fail\(\k<error>\); \}(?: finally \{ \k<failing>\.end\(\); \}| \k<failing>\.end\(\);)?/,
    /(?<resumed>__sw\w*\.(?:resume\(\)|caught\([^()]*\));)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** What stands around the arguments of a marker call that is left to run time. */
export function configuration({ frame, error }: EmittedNames): readonly [before: string, after: string] {
  return [`if (${frame}.on) try { ${frame}.configure`, `; } catch (${error}) { ${frame}.misconfigured(${error}); }`];
}

/**
 * What stands in place of `trace`, within its parenthesis before the function, and after the function, if there
 * are options for run time: they are evaluated once, where the program has them, and belong to this closure. As
 * an argument the function would get no name, as a property it does.
 */
export function bound(name: string | undefined, { options }: EmittedNames): readonly [string, string, string] {
  const key = `[${JSON.stringify(name)}]`;
  return name === undefined ? [`((${options}) => `, "", "))("] : [`((${options}) => `, `{ ${key}: `, ` })${key})(`];
}

/** What stands around statements after which the context is entered again, however they are left. */
export function reentered({ frame }: EmittedNames): readonly [before: string, after: string] {
  return ["try {", `} finally { ${frame}.resume(); }`];
}

/** What stands before a resource of `await using`, if it is the first of its run, and the statement after it. */
export function disposal({ name, index, first, last }: NamedResource, names: EmittedNames): readonly [string, string] {
  const { resource, reentry, frame } = names;
  const before = first ? `using ${reentry}${index} = ${frame}.reentry();` : "";
  return [before, `await using ${resource}${index} = ${frame}.disposable(${name}${last ? ", true" : ""})`];
}

/** A JSON value as JavaScript source. */
function literal(value: unknown): string {
  // As source, `"__proto__":` would set a prototype; in quotes and brackets it is a key as any other.
  return JSON.stringify(value).replaceAll('"__proto__":', '["__proto__"]:');
}
