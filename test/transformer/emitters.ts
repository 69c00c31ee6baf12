import ts from "typescript";
import type { TypeScript } from "../../transformer/compiler.ts";
import { emitText } from "../../transformer/emit/text.ts";
import { emitTree } from "../../transformer/emit/tree.ts";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";
import { parseWithTypeScript } from "../../transformer/parse/typescript.ts";
import type { Plan } from "../../transformer/plan.ts";
import { selectFunctions } from "../../transformer/select.ts";

export interface Compiled {
  readonly code: string;
  /** The source map, as JSON; to the program's text, or to what the text emitter made of it. */
  readonly map: string;
}

/** How a program is compiled: untraced, or with every function traced by one of the emitters. */
export type Way = "untraced" | "text" | "tree";

/** What TypeScript makes of a program. */
export function compile(way: Way, program: string, id: string, compilerOptions: ts.CompilerOptions): Compiled {
  if (way === "tree") return transpile(program, id, compilerOptions, [traced]);
  if (way === "untraced") return transpile(program, id, compilerOptions);
  const { plan } = selectFunctions(parseWithOxc(program, id, "unambiguous"), selecting(id, compilerOptions));
  return transpile(plan ? emitText(program, plan, id).code : program, id, compilerOptions);
}

/** Traces every function, in the compiler's `before` stage. */
export function tracing(compiler: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (sourceFile) => {
    const original = compiler.getOriginalNode(sourceFile, compiler.isSourceFile);
    const options = selecting(sourceFile.fileName, context.getCompilerOptions());
    const { plan } = selectFunctions(parseWithTypeScript(compiler, original), options);
    return plan ? emitTree(compiler, context, sourceFile, plan) : sourceFile;
  };
}

/** {@link tracing} in the project's own compiler. */
export const traced = tracing(ts);

export function transpile(
  program: string,
  id: string,
  compilerOptions: ts.CompilerOptions,
  before: ts.TransformerFactory<ts.SourceFile>[] = [],
): Compiled {
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(program, {
    fileName: id,
    compilerOptions: compilerOptions.inlineSourceMap ? compilerOptions : { ...compilerOptions, sourceMap: true },
    transformers: { before },
    reportDiagnostics: true,
  });
  if (diagnostics?.length) throw new Error(ts.formatDiagnostics(diagnostics, ts.createCompilerHost({})));
  return { code: outputText, map: sourceMapText ?? "" };
}

function selecting(id: string, { module }: ts.CompilerOptions) {
  const isCommonJs = module === ts.ModuleKind.CommonJS || /\.c[jt]s$/.test(id);
  const importBy: Plan["importBy"] = isCommonJs ? "require" : "import";
  return { id, file: id, importBy, select: "all", strict: false } as const;
}
