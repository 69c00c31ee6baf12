/** Every function of a file, or every third one, traced by either emitter. */

import type ts from "typescript";
import type { TypeScript } from "../../transformer/compiler.ts";
import { emitText } from "../../transformer/emit/text.ts";
import { emitTree } from "../../transformer/emit/tree.ts";
import { readInputMap } from "../../transformer/input-map.ts";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";
import { parseWithTypeScript } from "../../transformer/parse/typescript.ts";
import type { Plan } from "../../transformer/plan.ts";
import { selectFunctions } from "../../transformer/select.ts";
import type { Syntax } from "../../transformer/syntax.ts";

/** Of how many functions one is traced. */
export type Every = 1 | 3;

/** A file as the text emitter leaves it. */
export interface TracedText {
  readonly code: string;
  readonly map: string;
  readonly functions: number;
}

/**
 * @param input the source map that came with the text, as JSON
 * @returns `undefined` where there is nothing to trace
 */
export function traceText(source: string, id: string, every: Every, input?: string): TracedText | undefined {
  const plan = planOf(parseWithOxc(source, id, "unambiguous"), id, every);
  if (plan === undefined) return undefined;
  const read = input === undefined ? undefined : readInputMap(input);
  if (typeof read === "string") throw new Error(read);
  const { code, map } = emitText(source, plan, id, read);
  return { code, map: map.toString(), functions: plan.sites.length };
}

/** A transformer for the `before` stage of a compiler. */
export function tracing(compiler: TypeScript, every: Every): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (sourceFile) => {
    const plan = planOf(parseWithTypeScript(compiler, sourceFile), sourceFile.fileName, every);
    return plan === undefined ? sourceFile : emitTree(compiler, context, sourceFile, plan);
  };
}

function planOf<N>(syntax: Syntax<N>, id: string, every: Every): Plan | undefined {
  const importBy = syntax.isModule ? "import" : "require";
  const { plan } = selectFunctions(syntax, { id, file: id, select: "all", importBy, strict: false });
  if (plan === undefined) return undefined;
  const chosen = plan.sites.filter((_, index) => index % every === 0);
  return { ...plan, sites: chosen.map((site, index) => ({ ...site, index })) };
}
