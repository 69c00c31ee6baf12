/** How V8 quotes an expression in its messages, `source.items is not async iterable`. */
import type { Range, Syntax } from "./syntax.ts";

const NAME = String.raw`#?[\p{ID_Start}$_][\p{ID_Continue}$]*`;
/** A name or `this`, and properties of it; and a plain number. */
const PATH = new RegExp(String.raw`^(?:${NAME}(?:\.${NAME}|\[${NAME}\]|\[\d{1,9}\]|\["${NAME}"\])*|\d{1,15})$`, "u");
const WORD = new RegExp(`^(?:${NAME}|\\d{1,15})$`, "u");
/** What looks like a path and is none. */
const META = /^(?:import|new)\./;

/** @returns `undefined` for what V8 calls `(intermediate value)`, and for what only its own printer could print */
export function quotedOf<N>(syntax: Syntax<N>, node: N): string | undefined {
  const view = syntax.view(node);
  if (view.is === "wrapper") {
    const [inner] = syntax.children(node);
    return inner === undefined ? undefined : quotedOf(syntax, inner);
  }
  if (view.is !== "call") return path(syntax, syntax.range(node));
  const callee = path(syntax, view.calleeRange);
  return callee === undefined ? undefined : `${callee}(...)`;
}

/** Whether V8 describes the value of an operand of `yield*`, `number 5`, because it finds nothing there to quote. */
export function isDescribed<N>(syntax: Syntax<N>, node: N): boolean {
  const { is } = syntax.view(node);
  if (is === "wrapper") return syntax.children(node).some((inner) => isDescribed(syntax, inner));
  if (is === "object" || is === "function") return true;
  const { start, end } = syntax.range(node);
  return is === "other" && WORD.test(syntax.text.slice(start, end));
}

function path<N>({ text }: Syntax<N>, { start, end }: Range): string | undefined {
  const quoted = text.slice(start, end);
  if (!PATH.test(quoted) || META.test(quoted)) return undefined;
  // A private name is printed as a key, and a key that could be a name as one.
  return quoted.replaceAll(/\.(#[^.[]+)/g, "[$1]").replaceAll(/\["([^"]+)"\]/g, ".$1");
}
