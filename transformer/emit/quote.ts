import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";

/** A name in quoted code, and the nodes that take its place. */
export interface Hole {
  readonly name: string;
  readonly nodes: readonly ts.Node[];
}

/**
 * Reads code into statements that belong to no file, as if a factory had made them.
 * @param at where in the file that takes them all of them come from, for its source map; -1: nowhere
 * @param hole stands in the code as an argument or as a statement
 */
export function quote(
  ts: TypeScript,
  context: ts.TransformationContext,
  code: string,
  at: number,
  hole?: Hole,
): readonly ts.Statement[] {
  const { factory } = context;
  const isHole = (node: ts.Node) => hole !== undefined && ts.isIdentifier(node) && node.text === hole.name;
  const copy = (node: ts.Node): ts.VisitResult<ts.Node> => {
    if (isHole(node) || (ts.isExpressionStatement(node) && isHole(node.expression))) return [...(hole?.nodes ?? [])];
    const copied = literal(node) ?? ts.visitEachChild(node, copy, context, undefined, copy) ?? node;
    // Keywords, operators and empty lists are as good as made by a factory once they stand nowhere.
    return copied === node ? ts.setTextRange(node, NOWHERE) : uproot(ts, copied, at);
  };
  const literal = (node: ts.Node) => {
    if (ts.isIdentifier(node)) return factory.createIdentifier(node.text);
    if (ts.isStringLiteral(node)) return factory.createStringLiteral(node.text);
    return ts.isNumericLiteral(node) ? factory.createNumericLiteral(node.text) : undefined;
  };
  const { statements } = ts.createSourceFile("quoted.mts", code, ts.ScriptTarget.Latest);
  // A list of its own: the visited one knows where it stood in the code.
  return [...ts.visitNodes(statements, copy, ts.isStatement)];
}

const NOWHERE = { pos: -1, end: -1 };

/** Takes from a node and its lists what ties them to the text they were read from. */
function uproot(ts: TypeScript, node: ts.Node, at: number): ts.Node {
  ts.forEachChild(
    node,
    () => undefined,
    (list) => {
      // What filled a hole keeps its place, so that its comments and its lines are kept.
      ts.setTextRange(list, NOWHERE);
      return undefined;
    },
  );
  ts.setOriginalNode(ts.setTextRange(node, NOWHERE), undefined);
  // What has no place of its own in a source map has that of the statement.
  return ts.isStatement(node) ? ts.setSourceMapRange(node, { pos: at, end: at }) : node;
}
