/**
 * The transformer for ts-patch: `"plugins": [{ "transform": "spanwright/ts-patch" }]` in tsconfig.json, and
 * `tspc` in place of `tsc`.
 */
import type ts from "typescript";
import { type TypeScript, withTransformers } from "../compiler.ts";
import { openBuild } from "../compiler-builds.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { checkOptions } from "../options.ts";
import { buildTree } from "../tree-build.ts";

/** What ts-patch hands over beside the program. */
interface Extras {
  readonly ts: TypeScript;
  readonly addDiagnostic: (diagnostic: ts.Diagnostic) => unknown;
}

const HOST = "spanwright/ts-patch";

/**
 * A transformer of the kind that ts-patch calls `program`, for its `before` stage.
 *
 * What is wrong with a mark becomes an error of the build; what cannot be traced goes to stderr, because
 * ts-patch lets a build fail for warnings, too. A file that does not parse is left to the compiler's own report.
 *
 * @param config the entry of `plugins`: options of a build beside ts-patch's own
 * @throws HostError SW3001 for an option that does not exist, SW3003 for a value that does not fit, SW3002 when
 *   there is no TypeScript that transformers can be added to
 */
export default function transformer(
  program: ts.Program,
  config: Readonly<Record<string, unknown>>,
  extras: Extras,
): ts.TransformerFactory<ts.SourceFile> {
  const ts = withTransformers(extras?.ts, HOST, "typescript@6 ts-patch@4");
  const options = checkOptions(config, HOST, OPTIONS_OF_TS_PATCH);
  const directory = program.getCurrentDirectory();
  const build = openBuild(options, HOST, program.getCompilerOptions(), directory);
  return (context) => (sourceFile) =>
    buildTree(build, { ts, directory }, context, sourceFile, (errors) => {
      for (const error of errors) extras.addDiagnostic(diagnosticOf(ts, sourceFile, error));
    });
}

/** What ts-patch leaves in the entry of `plugins` that is its own. */
const OPTIONS_OF_TS_PATCH = ["import", "resolvePathAliases", "transform", "tsConfig"];

/** TypeScript's own diagnostics have numbers below this. */
const FIRST_NUMBER = 100_000;

function diagnosticOf(
  ts: TypeScript,
  file: ts.SourceFile,
  { code, message, remedy, line, column }: Diagnostic,
): ts.Diagnostic {
  const category = ts.DiagnosticCategory.Error;
  const number = FIRST_NUMBER + Number(code.slice(2));
  return {
    category,
    code: number,
    file,
    start: ts.getPositionOfLineAndCharacter(file, line - 1, column - 1),
    length: 1,
    source: "spanwright",
    messageText: {
      messageText: `${code}: ${message}`,
      category,
      code: number,
      next: [{ messageText: remedy, category, code: number }],
    },
  };
}
