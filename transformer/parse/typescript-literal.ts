/** What a file's literals say, and reading a text that should be one. */
import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";
import type { Literal, LiteralEntry, ParseProblem, Range } from "../syntax.ts";

/** Reads `text` as one expression; its offsets count from `offset`. */
export function parseLiteral(ts: TypeScript, text: string, offset: number): Literal | ParseProblem {
  // The parenthesis makes an object literal of what would be a block; the line break ends a trailing comment.
  const file = ts.createSourceFile("options.ts", `(${text}\n)`, ts.ScriptTarget.Latest);
  const shift = offset - 1;
  const [problem] = problemsOf(ts, file);
  if (problem) return { message: problem.message, at: shift + problem.at };
  const [statement, ...more] = file.statements;
  if (!statement || !ts.isExpressionStatement(statement) || more.length > 0)
    return { message: "not one expression", at: offset };
  return literalOf(ts, file, statement.expression, shift);
}

/** @param shift what is added to the offsets of the file */
export function literalOf(ts: TypeScript, file: ts.SourceFile, node: ts.Node, shift: number): Literal {
  const inner = (child: ts.Node) => literalOf(ts, file, child, shift);
  const range: Range = { start: node.getStart(file) + shift, end: node.end + shift };
  if (isTransparent(ts, node)) return inner(node.expression);
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
    return { is: "value", value: node.text, ...range };
  if (ts.isNumericLiteral(node)) return { is: "value", value: Number(node.text), ...range };
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken) {
    const operand = inner(node.operand);
    if (operand.is === "value" && typeof operand.value === "number")
      return { is: "value", value: -operand.value, ...range };
  }
  if (ts.isArrayLiteralExpression(node)) {
    const items = node.elements.map(
      (item): Literal => (ts.isOmittedExpression(item) ? { is: "code", ...range } : inner(item)),
    );
    return { is: "array", items, ...range };
  }
  if (ts.isObjectLiteralExpression(node))
    return { is: "object", entries: node.properties.map((entry) => entryOf(ts, file, entry, shift)), ...range };
  switch (node.kind) {
    case ts.SyntaxKind.TrueKeyword:
      return { is: "value", value: true, ...range };
    case ts.SyntaxKind.FalseKeyword:
      return { is: "value", value: false, ...range };
    case ts.SyntaxKind.NullKeyword:
      return { is: "value", value: null, ...range };
    default:
      return { is: "code", ...range };
  }
}

function entryOf(ts: TypeScript, file: ts.SourceFile, node: ts.ObjectLiteralElementLike, shift: number): LiteralEntry {
  const range = (of: ts.Node): Range => ({ start: of.getStart(file) + shift, end: of.end + shift });
  if (ts.isPropertyAssignment(node)) {
    const { name, initializer } = node;
    const keyRange = range(ts.isComputedPropertyName(name) ? name.expression : name);
    return { key: plainKey(ts, name), keyRange, value: literalOf(ts, file, initializer, shift) };
  }
  if (ts.isShorthandPropertyAssignment(node)) {
    return { key: node.name.text, keyRange: range(node.name), value: { is: "code", ...range(node.name) } };
  }
  return { key: undefined, keyRange: range(node), value: { is: "code", ...range(node) } };
}

/** A property's name as far as it is known when the file is compiled. */
export function plainKey(ts: TypeScript, name: ts.PropertyName): string | undefined {
  if (ts.isComputedPropertyName(name)) {
    const { expression } = name;
    return ts.isStringLiteral(expression) || ts.isNumericLiteral(expression) ? expression.text : undefined;
  }
  if (ts.isPrivateIdentifier(name)) return undefined;
  return ts.isBigIntLiteral(name) ? name.text.slice(0, -1) : name.text;
}

type Transparent = ts.ParenthesizedExpression | ts.AsExpression | ts.SatisfiesExpression;

/** Whether a node is a wrapper that a literal may stand in. */
export function isTransparent(ts: TypeScript, node: ts.Node): node is Transparent {
  return ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node);
}

/** What the parser could not read. The compiler keeps it on the file, which its types do not tell. */
export function problemsOf(ts: TypeScript, file: ts.SourceFile): ParseProblem[] {
  const found: unknown = Reflect.get(file, "parseDiagnostics");
  if (!Array.isArray(found)) return [];
  return found.map(({ messageText, start }: ts.DiagnosticWithLocation) => ({
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
    at: start,
  }));
}
