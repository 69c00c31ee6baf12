import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";
import type { Comment } from "../syntax.ts";

/**
 * Comments stand between tokens. Whatever may hold something that looks like one, such as a string, a
 * regular expression or the text of JSX, is a token with a node of its own.
 */
export function commentsOf(ts: TypeScript, file: ts.SourceFile): Comment[] {
  const { text } = file;
  const found: Comment[] = [];
  let end = /^\ufeff?#!.*/.exec(text)?.[0].length ?? 0;
  const visit = (node: ts.Node): void => {
    if (node.kind > ts.SyntaxKind.LastToken) {
      ts.forEachChild(node, visit);
      return;
    }
    const gap = text.slice(end, ts.isJsxText(node) ? node.pos : node.getStart(file));
    for (const { 0: comment, index } of gap.matchAll(COMMENT)) {
      const start = end + index;
      found.push({ block: comment.startsWith("/*"), start, end: start + comment.length });
    }
    end = node.end;
  };
  visit(file);
  return found;
}

const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\//g;
