/**
 * Decides which functions of a file are traced, and writes the plan for them.
 */
import type { ParameterRow, ParameterShape, SiteOptions, SiteRow } from "../runtime/contract.ts";
import { boundNames } from "./bound-names.ts";
import { type Diagnostic, diagnose } from "./diagnostics.ts";
import {
  type FoundClass,
  type FoundCode,
  type FoundFunction,
  type FoundWrapper,
  findFunctions,
  rootOf,
} from "./functions.ts";
import {
  type CommentMark,
  isWrittenOut,
  type MarkOptions,
  type MarkProblem,
  readComment,
  readMisspelt,
  readOptions,
} from "./marks.ts";
import { emittedNames, type FunctionSite, type MarkerCall, type Plan, type WrapperCall } from "./plan.ts";
import type { Pattern, Range, Syntax } from "./syntax.ts";
import { lineStarts, position, skipTrivia, startsLine } from "./trivia.ts";

/** The package whose `trace` is the marker call. */
export const PACKAGE = "spanwright";

/** The module emitted code imports; a file that imports it has been compiled. */
export const RUNTIME_MODULE = `${PACKAGE}/runtime`;

export interface SelectOptions {
  /** The file, as diagnostics name it. */
  readonly id: string;
  /** The file, relative to the project's root, with forward slashes. */
  readonly file: string;
  readonly importBy: Plan["importBy"];
  /** `marked`: functions with a mark; `exported`: those that the file exports, too; `all`: every function. */
  readonly select: "marked" | "exported" | "all";
  /** Whether warnings are errors. */
  readonly strict: boolean;
}

export interface Selection {
  /** `undefined` when no function is traced. */
  readonly plan: Plan | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** A function to be traced, and what its marks say. */
interface Selected<N> {
  readonly found: FoundFunction<N>;
  readonly options: MarkOptions;
  readonly marker: MarkerCall | undefined;
  readonly wrapper: WrapperCall | undefined;
  /** Where its mark stands. */
  readonly at: number;
  /** Whether its mark is that of its class or file. */
  readonly shared: boolean;
}

export function selectFunctions<N>(syntax: Syntax<N>, options: SelectOptions): Selection {
  const { text } = syntax;
  const problems: MarkProblem[] = [];
  const report: Report = (problem) => problems.push(problem);
  const comments = commentsOfMarks(syntax);
  const markers = markerNames(syntax);
  const code = findFunctions(
    syntax,
    markers,
    options.select === "marked" ? wanted(syntax, comments, markers) : undefined,
  );
  const marks = findMarks(syntax, code, comments, report);
  for (const at of code.strayMarkers) report({ code: "SW1008", at, details: [] });

  const starts = lineStarts(text);
  const sites: FunctionSite[] = [];
  for (const found of code.functions) {
    const selected = selection(syntax, found, marks, options.select, report);
    if (!selected) continue;
    const site = siteOf(starts, selected, sites.length, report);
    if (site) sites.push(site);
  }
  const diagnostics = problems
    .toSorted((a, b) => a.at - b.at)
    .map(({ code, at, details }) => diagnose(code, options.id, text, at, ...details))
    .map((diagnostic): Diagnostic => (options.strict ? { ...diagnostic, severity: "error" } : diagnostic));
  if (sites.length === 0) return { plan: undefined, diagnostics };
  const { file, importBy } = options;
  return { plan: { sites, importAt: firstStatement(syntax), importBy, file, names: emittedNames(text) }, diagnostics };
}

/** How the file names spanwright's `trace`. */
function markerNames<N>(syntax: Syntax<N>): Set<string> {
  const names = syntax.imports.flatMap(({ local, imported, module }) => {
    if (module !== PACKAGE) return [];
    return imported === "trace" ? [local] : imported === "*" ? [`${local}.trace`] : [];
  });
  return new Set(names);
}

type Report = (problem: MarkProblem) => void;

/** The comment marks of a file. What stands nearer to a function says more. */
interface Marks<N> {
  readonly functions: Map<FoundFunction<N>, CommentMark>;
  readonly classes: Map<FoundClass, CommentMark>;
  file: CommentMark | undefined;
}

/** A comment that is a mark, or may be a misspelt one. */
interface CommentOfMark {
  readonly mark: CommentMark | undefined;
  readonly misspelt: ReturnType<typeof readMisspelt>;
  /** Offset of what it stands directly above or before; `undefined` when it trails other code. */
  readonly anchor: number | undefined;
}

function commentsOfMarks<N>({ text, comments, parseLiteral }: Syntax<N>): CommentOfMark[] {
  return comments.flatMap((comment) => {
    const mark = readComment(text, comment, parseLiteral);
    const misspelt = mark ? undefined : readMisspelt(text, comment);
    return mark || misspelt ? [{ mark, misspelt, anchor: anchorOf(text, comment) }] : [];
  });
}

/**
 * Offsets of all that can make a function of the file a traced one, or have something said of it; `undefined` when
 * that can be any function.
 */
function wanted<N>(
  { text }: Syntax<N>,
  comments: readonly CommentOfMark[],
  markers: ReadonlySet<string>,
): Set<number> | undefined {
  if (comments.some(({ mark }) => mark?.says === "file")) return undefined;
  const offsets = new Set(comments.flatMap(({ anchor }) => anchor ?? []));
  for (const name of new Set([...markers].map(rootOf))) {
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) offsets.add(at);
  }
  return offsets;
}

function findMarks<N>(
  syntax: Syntax<N>,
  code: FoundCode<N>,
  comments: readonly CommentOfMark[],
  report: Report,
): Marks<N> {
  const marks: Marks<N> = { functions: new Map(), classes: new Map(), file: undefined };
  const functions = new Map(code.functions.flatMap((found) => found.anchors.map((anchor) => [anchor, found])));
  const classes = new Map(code.classes.flatMap((found) => found.anchors.map((anchor) => [anchor, found])));
  for (const { mark, misspelt, anchor } of comments) {
    const owner = anchor === undefined ? undefined : classes.get(anchor);
    const target = anchor === undefined ? undefined : functions.get(anchor);
    if (!mark) {
      if (misspelt && (owner || target)) report({ code: "SW1012", at: misspelt.at, details: [`\`${misspelt.seen}\``] });
      continue;
    }
    for (const problem of mark.problems) report(problem);
    if (mark.options.name !== undefined && (mark.says === "file" || (owner && !target)))
      report({
        code: "SW1005",
        at: mark.start,
        details: ["`name`", "This mark is one of several functions, which need names of their own."],
      });
    if (mark.says === "file") {
      if (mark.end > firstStatement(syntax)) report({ code: "SW1010", at: mark.start, details: [] });
      else if (!code.functions.some(isExported)) report({ code: "SW1011", at: mark.start, details: [] });
      else marks.file = mark;
    } else if (target) marks.functions.set(target, mark);
    else if (owner) marks.classes.set(owner, mark);
    else if (anchor !== undefined && code.bodiless.includes(anchor)) {
      report({ code: "SW1009", at: mark.start, details: ["it has no body"] });
    } else report({ code: "SW1002", at: mark.start, details: [] });
  }
  return marks;
}

/** Offset of what a mark stands directly above or before; `undefined` when it trails other code. */
function anchorOf(text: string, mark: Range): number | undefined {
  const anchor = skipTrivia(text, mark.end);
  const sameLine = !/[\n\r\u2028\u2029]/.test(text.slice(mark.end, anchor));
  return sameLine || startsLine(text, mark.start) ? anchor : undefined;
}

function selection<N>(
  syntax: Syntax<N>,
  found: FoundFunction<N>,
  marks: Marks<N>,
  select: SelectOptions["select"],
  report: Report,
): Selected<N> | undefined {
  const own = marks.functions.get(found);
  const { marker } = found;
  if (own?.says === "off") {
    if (marker || found.wrapper) report({ code: "SW1013", at: own.start, details: [] });
    return undefined;
  }
  if (found.wrapper) {
    if (own) report({ code: "SW1014", at: own.start, details: ["the comment"] });
    if (marker) report({ code: "SW1014", at: marker.start, details: ["the marker call in its body"] });
  }
  const wrapper = found.wrapper && isCompilable(syntax, found, found.wrapper) ? found.wrapper : undefined;
  const mark = own ?? inherited(found, marks);
  if (!marker && !wrapper) {
    // A wrapper that stays one records the calls of its function.
    if (mark ? mark.says === "off" : found.wrapper || !isSelected(found, select)) return undefined;
  }
  const around = saidBy(syntax, wrapper, report);
  const said = saidBy(syntax, marker, report);
  return {
    found,
    options: { ...mark?.options, ...around?.options, ...said?.options },
    marker: marker && {
      start: marker.start,
      end: marker.end,
      call: marker.call,
      callee: marker.callee,
      stays: said?.complete === false,
    },
    wrapper: wrapper && wrapperCall(syntax, wrapper, around?.complete === false),
    at: mark?.start ?? marker?.start ?? wrapper?.start ?? found.start,
    shared: mark !== own,
  };
}

/** The options of a call of `trace`; `undefined` when it has none. */
function saidBy<N>(syntax: Syntax<N>, call: { readonly options: N | undefined } | undefined, report: Report) {
  if (call?.options === undefined) return undefined;
  const said = readOptions(syntax.literal(call.options), "call");
  for (const problem of said.problems) report(problem);
  return said;
}

/** Whether a wrapper can be taken away. If not, it does its work at run time. */
function isCompilable<N>(syntax: Syntax<N>, { obstacle }: FoundFunction<N>, wrapper: FoundWrapper<N>): boolean {
  if (obstacle !== undefined) return false;
  if (wrapper.options === undefined) return true;
  const literal = syntax.literal(wrapper.options);
  if (!isWrittenOut(literal)) return false;
  // A function beside options for run time gets its name only if the name is known here.
  return !wrapper.computed || readOptions(literal, "call").complete;
}

function wrapperCall<N>(syntax: Syntax<N>, found: FoundWrapper<N>, stays: boolean): WrapperCall {
  const { start, end, open, value, options, alone, name, needsSemicolon } = found;
  const range = options === undefined ? undefined : rangeOf(syntax, options);
  return { start, end, open, value, options: range, stays, bare: alone && !stays, name, needsSemicolon };
}

function rangeOf<N>(syntax: Syntax<N>, node: N): Range {
  const { start, end } = syntax.range(node);
  return { start, end };
}

/** The mark of its class or file. */
function inherited<N>(found: FoundFunction<N>, { classes, file }: Marks<N>): CommentMark | undefined {
  return (found.owner && classes.get(found.owner)) ?? (found.exported ? file : undefined);
}

function isExported({ exported }: { readonly exported: boolean }): boolean {
  return exported;
}

function isSelected<N>(found: FoundFunction<N>, select: SelectOptions["select"]): boolean {
  return select === "all" || (select === "exported" && found.exported);
}

function siteOf<N>(
  starts: readonly number[],
  selected: Selected<N>,
  index: number,
  report: Report,
): FunctionSite | undefined {
  const { found, options, marker, wrapper, at, shared } = selected;
  if (found.obstacle !== undefined) {
    report({ code: "SW1009", at, details: [found.obstacle] });
    return undefined;
  }
  const captured = capturedInputs(found, options.inputs, (name) => {
    // A mark of several functions names what any of them may have.
    if (!shared) report({ code: "SW1006", at, details: [`\`${name}\``] });
  });
  const row: SiteRow = {
    name: found.name,
    ...(found.qualified === found.name ? {} : { qualified: found.qualified }),
    line: position(starts, found.head).line,
    ...(found.kind === "sync" ? {} : { kind: found.kind }),
    ...(captured?.rows.length ? { params: captured.rows } : {}),
    ...(found.leaf && !marker?.stays && !wrapper?.stays ? { leaf: true } : {}),
    ...(found.ending === "finally" ? { runsOn: true } : {}),
    ...siteOptions(options),
  };
  const { start, end, body, openAt, needsSemicolon, hoisted, ending, points } = found;
  return {
    index,
    row,
    start,
    end,
    body,
    openAt,
    needsSemicolon,
    inputs: captured?.values,
    hoisted,
    ending,
    marker,
    wrapper,
    points,
  };
}

function siteOptions({ inputs, ...rest }: MarkOptions): { options?: SiteOptions } {
  const options: SiteOptions = inputs === false ? { ...rest, inputs } : rest;
  return Object.keys(options).length === 0 ? {} : { options };
}

/** The parameters to capture and the bindings that hold them; `undefined` when inputs are off. */
function capturedInputs<N>(
  { parameters }: FoundFunction<N>,
  inputs: MarkOptions["inputs"],
  missing: (name: string) => void,
): { rows: ParameterRow[]; values: string[] } | undefined {
  if (inputs === false) return undefined;
  const named = parameters.map(({ pattern }, position) => ({
    name: pattern.is === "name" ? pattern.name : `arg${position}`,
    pattern,
  }));
  for (const name of inputs ?? []) if (!named.some((parameter) => parameter.name === name)) missing(name);
  const wanted = named.filter(({ name }) => inputs === undefined || inputs.includes(name));
  return {
    rows: wanted.map(({ name, pattern }) => (pattern.is === "name" ? name : [name, shapeOf(pattern)])),
    values: wanted.flatMap(({ pattern }) => boundNames(pattern)),
  };
}

function shapeOf(pattern: Pattern): ParameterShape {
  switch (pattern.is) {
    case "name":
      return 0;
    case "array": {
      const items = pattern.items.map((item) => (item ? shapeOf(item) : null));
      return pattern.rest ? [...items, pattern.rest.is === "name" ? "..." : shapeOf(pattern.rest)] : items;
    }
    case "object": {
      const entries = pattern.entries.map(([key, value]): [string, ParameterShape] => [
        key ?? boundNames(value).join(","),
        shapeOf(value),
      ]);
      return Object.fromEntries(pattern.rest ? [...entries, ["...", 0]] : entries);
    }
  }
}

/** Offset of the first statement that is no directive. */
function firstStatement<N>(syntax: Syntax<N>): number {
  const first = syntax.statements.find((statement) => {
    const view = syntax.view(statement);
    return view.is !== "statement" || !view.directive;
  });
  return first === undefined ? syntax.text.length : syntax.range(first).start;
}
