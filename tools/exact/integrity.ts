/**
 * What must hold of every instrumented file, whatever the file: it parses, its map leads identifiers to
 * themselves, no line moved, its functions are the same ones, and a second run changes nothing. Looks at the
 * files with a walk of its own, not with the one that made the plan.
 */

import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { type Node, parseSync, visitorKeys } from "oxc-parser";
import { type InstrumentOptions, type InstrumentResult, instrument } from "../../transformer/instrument.ts";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";

/** A function of a file, as far as the program can tell. */
export interface SeenFunction {
  readonly kind: string;
  /** Its own name, or the one of what it is assigned to. */
  readonly name: string;
  /** What the property `length` holds. */
  readonly length: number;
  readonly directives: readonly string[];
  /** From 1. */
  readonly line: number;
}

/**
 * What is wrong with the result of instrumenting a file.
 * @param code the text that was instrumented
 * @returns a sentence a problem, at most a few of each kind; none when all is well
 */
export function integrityProblems(
  code: string,
  id: string,
  options: InstrumentOptions,
  result: InstrumentResult,
): string[] {
  if (result.map === null) return result.code === code ? [] : ["it was changed, though nothing is traced"];
  const [unread] = parseWithOxc(result.code, id, "unambiguous").problems;
  if (unread) return [`the output does not parse: ${unread.message} ${excerpt(result.code, unread.at)}`];
  return [
    ...mapProblems(code, result),
    ...functionProblems(seenFunctions(code, id), seenFunctions(result.code, id)),
    ...(instrument(result.code, id, options) === null ? [] : ["a second run changes it again"]),
  ];
}

/** Every function of a file that has a body, in order, but for those the emitter adds. */
export function seenFunctions(code: string, id: string): SeenFunction[] {
  const found: SeenFunction[] = [];
  const lineOf = lineCounter(code);
  const visit = (node: Node, name: string, kind: string): void => {
    const seen = seenFunction(node, name, kind);
    if (seen && !seen.name.startsWith(EMITTED)) found.push({ ...seen, line: lineOf(node.start) });
    const own = namesOfChildren(node, name);
    for (const key of visitorKeys[node.type] ?? []) {
      const value: unknown = Reflect.get(node, key);
      for (const [index, child] of (Array.isArray(value) ? value : [value]).entries()) {
        const isNamed = key === own.key && index === 0;
        if (isNode(child)) visit(child, isNamed ? own.name : "", isNamed ? own.kind : "");
      }
    }
  };
  visit(parseSync(id, code, { lang: languageOf(id), sourceType: "unambiguous" }).program, "", "");
  return found;
}

const EMITTED = "__sw";

function languageOf(id: string): "ts" | "tsx" | "jsx" {
  if (/\.[cm]?ts$/.test(id)) return "ts";
  return id.endsWith(".tsx") ? "tsx" : "jsx";
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}

function seenFunction(node: Node, name: string, kind: string): Omit<SeenFunction, "line"> | undefined {
  const isArrow = node.type === "ArrowFunctionExpression";
  if (isArrow && node.params.some((parameter) => keyText(parameter).startsWith(EMITTED))) return undefined;
  if (!isArrow && node.type !== "FunctionDeclaration" && node.type !== "FunctionExpression") return undefined;
  if (!node.body) return undefined;
  const { body, params } = node;
  const parameters = params.filter((parameter) => parameter.type !== "Identifier" || parameter.name !== "this");
  const optional = parameters.findIndex(({ type }) => type === "AssignmentPattern" || type === "RestElement");
  const words = [node.async && "async", node.generator && "generator", kind, isArrow ? "arrow" : "function"];
  const statements = body.type === "BlockStatement" ? body.body : [];
  return {
    kind: words.filter(Boolean).join(" "),
    name: (isArrow ? undefined : node.id?.name) ?? name,
    length: optional < 0 ? parameters.length : optional,
    directives: statements.flatMap((statement) =>
      statement.type === "ExpressionStatement" && typeof statement.directive === "string" ? [statement.directive] : [],
    ),
  };
}

/** The child that a node gives a name to, and what it makes of it. */
function namesOfChildren(
  node: Node,
  name: string,
): { readonly key: string; readonly name: string; readonly kind: string } {
  switch (node.type) {
    // The function in `trace(…)` takes its place, in parentheses.
    case "CallExpression":
      return { key: /(?:^|\.)trace$/.test(pathText(node.callee)) ? "arguments" : "", name, kind: "" };
    case "ParenthesizedExpression":
      return { key: "expression", name, kind: "" };
    case "MethodDefinition":
    case "Property":
    case "PropertyDefinition":
    case "AccessorProperty":
      return {
        key: "value",
        name: node.computed && node.key.type !== "Literal" ? "[computed]" : keyText(node.key),
        kind: "kind" in node && node.kind !== "init" ? node.kind : "",
      };
    case "VariableDeclarator":
      return { key: "init", name: keyText(node.id), kind: "" };
    case "AssignmentExpression":
    case "AssignmentPattern":
      return { key: "right", name: keyText(node.left), kind: "" };
    default:
      return { key: "", name: "", kind: "" };
  }
}

function pathText(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? `${pathText(node.object)}.${keyText(node.property)}` : "";
}

function keyText(key: Node): string {
  switch (key.type) {
    case "Identifier":
    case "PrivateIdentifier":
      return key.name;
    case "Literal":
      return String(key.value);
    default:
      return "";
  }
}

function lineCounter(code: string): (offset: number) => number {
  const starts = [0];
  for (const { index, 0: text } of code.matchAll(EACH_LINE_BREAK)) starts.push(index + text.length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

function functionProblems(before: readonly SeenFunction[], after: readonly SeenFunction[]): string[] {
  const at = before.findIndex((seen, index) => describeFunction(seen) !== describeFunction(after[index]));
  if (at >= 0) return [`a function changed: ${describeFunction(before[at])} became ${describeFunction(after[at])}`];
  return before.length === after.length ? [] : [`a function was added: ${describeFunction(after[before.length])}`];
}

function describeFunction(seen: SeenFunction | undefined): string {
  if (!seen) return "none";
  const { kind, name, length, directives, line } = seen;
  return `${kind} ${name || "without a name"}, length ${length}, line ${line}${directives.map((text) => `, "${text}"`).join("")}`;
}

/** How many problems of a map are told. */
const TOLD = 5;

function mapProblems(code: string, { code: output, map }: InstrumentResult): string[] {
  const sourceLines = code.split(EACH_LINE_BREAK);
  const outputLines = output.split(EACH_LINE_BREAK);
  const problems = new Set<string>();
  let identifiers = 0;
  eachMapping(new TraceMap(JSON.stringify(map)), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    if (originalLine === null || originalColumn === null || problems.size >= TOLD) return;
    if (generatedLine !== originalLine) problems.add(`line ${originalLine} moved to ${generatedLine}`);
    const generated = identifierAt(outputLines[generatedLine - 1], generatedColumn);
    if (generated === undefined || generated.startsWith(EMITTED) || KEYWORDS.has(generated)) return;
    identifiers++;
    const original = identifierAt(sourceLines[originalLine - 1], originalColumn);
    if (original === generated) return;
    problems.add(
      `the map leads ${generated}, ${generatedLine}:${generatedColumn + 1}, to ${original ?? "no identifier"}, ${originalLine}:${originalColumn + 1}`,
    );
  });
  if (identifiers === 0 && identifierAt(code.slice(code.search(/\p{ID_Start}/u)), 0)) {
    problems.add("the map leads no identifier anywhere");
  }
  return [...problems];
}

function identifierAt(line = "", column: number): string | undefined {
  IDENTIFIER.lastIndex = column;
  return IDENTIFIER.exec(line)?.[0];
}

function excerpt(code: string, at: number): string {
  return `at ${JSON.stringify(code.slice(Math.max(0, at - 60), at + 60))}`;
}

/** Lines as source maps count them. */
const EACH_LINE_BREAK = /\r\n|\n|\r|\u2028|\u2029/g;
const IDENTIFIER = /[\p{ID_Start}$_][\p{ID_Continue}$]*/uy;
/** Words that stand at a place where something else stood: `if` for a marker call, `const` for `await using`. */
const KEYWORDS = new Set(["if", "const", "using", "void", "return", "import"]);
