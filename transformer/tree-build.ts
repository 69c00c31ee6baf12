/** Instruments the files of a build whose host hands them over as TypeScript's trees. */
import { resolve } from "node:path";
import type ts from "typescript";
import type { Build, Report } from "./build.ts";
import type { TypeScript } from "./compiler.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { importBy } from "./emit/module-format.ts";
import { type Added, emitTree } from "./emit/tree.ts";
import { hostProblem, reasonOf } from "./host-problems.ts";
import { parseWithTypeScript } from "./parse/typescript.ts";
import { relativePath } from "./relative-path.ts";
import { RUNTIME_MODULE, type Selection, selectFunctions } from "./select.ts";

/** The compiler that a build's files come from. */
export interface Compiler {
  readonly ts: TypeScript;
  /** Its working directory, which paths are relative to. */
  readonly directory: string;
  /** See {@link emitTree}. */
  readonly added?: Added;
}

/**
 * Instruments a file of a build. Warnings go to stderr; a file that does not parse is left to the compiler's
 * own report.
 *
 * @param sourceFile the file as it is, or as other transformers left it
 * @param fail takes the errors of the file's marks, if there are any
 */
export function buildTree(
  build: Build,
  compiler: Compiler,
  context: ts.TransformationContext,
  sourceFile: ts.SourceFile,
  fail: (errors: readonly Diagnostic[]) => void,
): ts.SourceFile {
  const { fileName, text } = sourceFile;
  const path = resolve(compiler.directory, fileName);
  if (sourceFile.isDeclarationFile || !build.mayTrace(text) || !build.enters(path)) return sourceFile;
  const { traced, sites, diagnostics } = instrumented(build, compiler, context, sourceFile);
  build.take(path, text, { sites, diagnostics }, warningsToStderr);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) fail(errors);
  return traced;
}

/** The host shows errors itself. */
const warningsToStderr: Report = (message, severity) => {
  if (severity === "warning") console.error(message);
};

function instrumented(build: Build, compiler: Compiler, context: ts.TransformationContext, sourceFile: ts.SourceFile) {
  const { ts } = compiler;
  try {
    const original = ts.getOriginalNode(sourceFile, ts.isSourceFile);
    const { plan, diagnostics } = selectionIn(build, compiler, context, original);
    if (!plan) return { traced: sourceFile, sites: [], diagnostics };
    const traced = emitTree(ts, context, sourceFile, plan, compiler.added);
    return { traced, sites: plan.sites.map(({ row }) => row), diagnostics };
  } catch (error) {
    build.problem(hostProblem("SW3009", sourceFile.fileName, reasonOf(error)), warningsToStderr);
    return { traced: sourceFile, sites: [], diagnostics: [] };
  }
}

function selectionIn(
  { root, options }: Build,
  { ts, directory }: Compiler,
  context: ts.TransformationContext,
  sourceFile: ts.SourceFile,
): Selection {
  const syntax = parseWithTypeScript(ts, sourceFile);
  if (syntax.problems.length > 0 || syntax.modules.includes(RUNTIME_MODULE))
    return { plan: undefined, diagnostics: [] };
  const path = resolve(directory, sourceFile.fileName);
  const { select = "marked", strict = false } = options;
  return selectFunctions(syntax, {
    id: relativePath(path, process.cwd()),
    file: relativePath(path, root),
    select,
    strict,
    importBy: importBy(ts, context, sourceFile),
  });
}
