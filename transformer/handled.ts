/** Returns of a promise whose rejection has a handler already: the runtime may then look at it like anybody else. */

import type { Syntax } from "./syntax.ts";

const HANDLING = ["then", "catch", "finally"];

/**
 * Finds `const p = …; … p.catch(…); … return p;` in one list of statements, in which `p` is one thing only.
 * @returns the argument of the `return`
 */
export function handledReturn<N>(syntax: Syntax<N>, statements: readonly N[]): N | undefined {
  const last = statements.at(-1);
  const view = last === undefined ? undefined : syntax.view(last);
  if (view?.is !== "return" || view.argument === undefined) return undefined;
  const { start, end } = syntax.range(view.argument);
  const name = syntax.text.slice(start, end);
  const handlers = HANDLING.map((method) => `${name}.${method}`);
  let declared = false;
  for (const statement of statements) {
    const each = syntax.view(statement);
    if (each.is === "variables" && each.keyword === "const") {
      declared ||= each.declarators.some(({ pattern }) => pattern.is === "name" && pattern.name === name);
    } else if (declared && each.is === "statement") {
      const call = syntax.view(each.expression);
      if (call.is === "call" && call.callee !== undefined && handlers.includes(call.callee)) return view.argument;
    }
  }
  return undefined;
}
