/** How V8 quotes an expression in its messages, `source.items is not async iterable`. */
import type { Range, Syntax } from "./syntax.ts";

const NAME = String.raw`#?[\p{ID_Start}$_][\p{ID_Continue}$]*`;
/** A name or `this`, and properties of it; and a plain number. */
const PATH = new RegExp(String.raw`^(?:${NAME}(?:\.${NAME})*|\d{1,15})$`, "u");

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

function path<N>({ text }: Syntax<N>, { start, end }: Range): string | undefined {
  const quoted = text.slice(start, end);
  // A private name is printed as a key.
  return PATH.test(quoted) ? quoted.replaceAll(/\.(#[^.]+)/g, "[$1]") : undefined;
}
