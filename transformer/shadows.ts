/** Finds where declarations inside of a file hide a name that the file's top level has. */
import { boundNames } from "./bound-names.ts";
import type { FunctionForm, Range, Syntax } from "./syntax.ts";

/**
 * @param names names of the file's top level
 * @returns whether a name means something else at an offset; where it does in a part of a function, it counts as
 * if it did in the whole of it
 */
export function shadowsOf<N>(syntax: Syntax<N>, names: ReadonlySet<string>): (name: string, at: number) => boolean {
  const shadows = new Map<string, Range[]>();
  if (names.size > 0) for (const child of syntax.children(syntax.root)) collect(syntax, child, undefined, declare);
  return (name, at) => shadows.get(name)?.some(({ start, end }) => start <= at && at < end) ?? false;

  function declare(declared: readonly string[], scope: Range): void {
    for (const name of declared) if (names.has(name)) shadows.set(name, [...(shadows.get(name) ?? []), scope]);
  }
}

type Declare = (names: readonly string[], scope: Range) => void;

/** @param scope the function around a node, or the statement of the top level that is none; `undefined` at the top level */
function collect<N>(syntax: Syntax<N>, node: N, scope: Range | undefined, declare: Declare): void {
  const view = syntax.view(node);
  const range = syntax.range(node);
  const inner = (within: Range | undefined) => {
    for (const child of syntax.children(node)) collect(syntax, child, within, declare);
  };
  switch (view.is) {
    case "function": {
      const own = view.name !== undefined && NAMED_BY_ITSELF.has(view.form) ? [view.name] : [];
      declare([...own, ...view.parameters.flatMap(({ pattern }) => boundNames(pattern))], range);
      if (scope && view.form === "declaration") declare(own, scope);
      inner(range);
      return;
    }
    case "class":
      if (view.name !== undefined) declare([view.name], scope ?? range);
      inner(scope ?? range);
      return;
    case "variables":
      if (scope) for (const { pattern } of view.declarators) declare(boundNames(pattern), scope);
      inner(scope);
      return;
    case "try":
      for (const { block, parameter } of view.handlers)
        if (parameter) declare(boundNames(parameter.pattern), syntax.range(block));
      break;
    case "wrapper":
      inner(scope);
      return;
  }
  inner(scope ?? range);
}

/** Functions whose name is a variable. */
const NAMED_BY_ITSELF: ReadonlySet<FunctionForm> = new Set(["declaration", "expression"]);
