import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";
import type { Plan } from "../plan.ts";

/**
 * How a file that a compiler emits brings the runtime in: by an `import` only where that stays or becomes one;
 * the compiler copies it into a script as it is.
 */
export function importBy(
  ts: TypeScript,
  context: ts.TransformationContext,
  sourceFile: ts.SourceFile,
): Plan["importBy"] {
  if (!ts.isExternalModule(sourceFile)) return "require";
  switch (emittedFormat(ts, context, sourceFile)) {
    case ts.ModuleKind.None:
    case ts.ModuleKind.CommonJS:
      return "require";
    case ts.ModuleKind.Preserve:
      return sourceFile.statements.some((statement) => isCommonJs(ts, statement)) ? "require" : "import";
    default:
      return "import";
  }
}

function emittedFormat(ts: TypeScript, context: ts.TransformationContext, sourceFile: ts.SourceFile): ts.ModuleKind {
  if (knowsFormats(context)) return context.getEmitHost().getEmitModuleFormatOfFile(sourceFile);
  const { module = ts.ModuleKind.ESNext } = context.getCompilerOptions();
  const decidesByFile = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  return decidesByFile ? (sourceFile.impliedNodeFormat ?? ts.ModuleKind.CommonJS) : module;
}

/** What the compiler's transformers ask since TypeScript 5.6, whether there is a program or a single file. */
interface KnowsFormats {
  getEmitHost(): { getEmitModuleFormatOfFile(sourceFile: ts.SourceFile): ts.ModuleKind };
}

function knowsFormats(context: ts.TransformationContext): context is ts.TransformationContext & KnowsFormats {
  if (!("getEmitHost" in context) || typeof context.getEmitHost !== "function") return false;
  const host: unknown = context.getEmitHost();
  return typeof host === "object" && host !== null && "getEmitModuleFormatOfFile" in host;
}

/** `import x = require()` and `export =`, which a bundler's compiler options turn into CommonJS. */
function isCommonJs(ts: TypeScript, statement: ts.Statement): boolean {
  return ts.isExportAssignment(statement)
    ? statement.isExportEquals === true
    : ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference);
}
