/**
 * The transformer for ts-patch: `"plugins": [{ "transform": "spanwright/ts-patch" }]` in tsconfig.json, and
 * `tspc` in place of `tsc`.
 */
import { dirname } from "node:path";
import type ts from "typescript";
import type { TypeScript } from "../compiler.ts";
import { type Diagnostic, formatDiagnostic } from "../diagnostics.ts";
import { emitTree } from "../emit/tree.ts";
import { parseWithTypeScript } from "../parse/typescript.ts";
import type { Plan } from "../plan.ts";
import { relativePath } from "../relative-path.ts";
import { mayHaveMark } from "../scan.ts";
import { RUNTIME_MODULE, type Selection, type SelectOptions, selectFunctions } from "../select.ts";

/** What ts-patch hands over beside the program. */
interface Extras {
  readonly ts: TypeScript;
  readonly addDiagnostic: (diagnostic: ts.Diagnostic) => unknown;
}

/** A build, and what is to be traced in it. */
interface Project {
  readonly program: ts.Program;
  readonly options: Options;
  /** The folder of tsconfig.json, or else the working directory. */
  readonly root: string;
}

/**
 * A transformer of the kind that ts-patch calls `program`, for its `before` stage.
 *
 * What is wrong with a mark becomes an error of the build; what cannot be traced goes to stderr, because
 * ts-patch lets a build fail for warnings, too. A file that does not parse is left to the compiler's own report.
 *
 * @param config the entry of `plugins`, see {@link OPTIONS}
 * @throws Error SW3001 for an option that does not exist or a value that does not fit
 * @throws Error SW3002 when there is no TypeScript that transformers can be added to
 */
export default function transformer(
  program: ts.Program,
  config: Readonly<Record<string, unknown>>,
  extras: Extras,
): ts.TransformerFactory<ts.SourceFile> {
  const ts = compilerOf(extras);
  const { configFilePath } = program.getCompilerOptions();
  const root = typeof configFilePath === "string" ? dirname(configFilePath) : program.getCurrentDirectory();
  const project: Project = { program, options: optionsOf(config), root };
  return (context) => (sourceFile) => {
    if (sourceFile.isDeclarationFile || !(project.options.select !== "marked" || mayHaveMark(sourceFile.text)))
      return sourceFile;
    const { plan, diagnostics } = selectionIn(ts, project, ts.getOriginalNode(sourceFile, ts.isSourceFile));
    for (const diagnostic of diagnostics) {
      if (diagnostic.severity === "warning") console.warn(formatDiagnostic(diagnostic));
      else extras.addDiagnostic(errorOf(ts, sourceFile, diagnostic));
    }
    return plan ? emitTree(ts, context, sourceFile, plan) : sourceFile;
  };
}

type Options = Pick<SelectOptions, "select" | "strict">;

/** The options of this host, and their values; the first is the default. */
const OPTIONS: { readonly [Name in keyof Options]: readonly [Options[Name], ...Options[Name][]] } = {
  select: ["marked", "exported", "all"],
  strict: [false, true],
};

/** What ts-patch leaves in the entry of `plugins` that is its own. */
const OPTIONS_OF_TS_PATCH = new Set(["import", "resolvePathAliases", "transform", "tsConfig"]);

function optionsOf(config: Readonly<Record<string, unknown>>): Options {
  for (const option of Object.keys(config)) {
    if (!Object.hasOwn(OPTIONS, option) && !OPTIONS_OF_TS_PATCH.has(option))
      throw wrongOption(`the option "${option}"`);
  }
  return { select: settingOf(config, "select"), strict: settingOf(config, "strict") };
}

function settingOf<Name extends keyof Options>(config: Readonly<Record<string, unknown>>, name: Name): Options[Name] {
  const values = OPTIONS[name];
  const given = config[name];
  if (given === undefined) return values[0];
  const value = values.find((value) => value === given);
  if (value === undefined) throw wrongOption(`"${name}": ${JSON.stringify(given)}`);
  return value;
}

function wrongOption(seen: string): Error {
  const options = Object.entries(OPTIONS).map(
    ([name, values]) => `"${name}" (${values.map((value) => JSON.stringify(value)).join(" or ")})`,
  );
  return new Error(
    `spanwright SW3001: ${seen} in tsconfig.json, at the plugin "spanwright/ts-patch", is not known. It takes ${options.join(", ")} and what ts-patch itself reads.`,
  );
}

function compilerOf(extras: Partial<Extras> | undefined): TypeScript {
  const ts = extras?.ts;
  if (ts?.factory && Number.parseInt(ts.versionMajorMinor, 10) < 7) return ts;
  const seen = ts?.version ? `TypeScript ${ts.version}` : "no TypeScript";
  throw new Error(
    `spanwright SW3002: the plugin "spanwright/ts-patch" was handed ${seen}; it needs TypeScript 6 or 5.9, the last ones that take transformers. Run "npm install --save-dev typescript@6 ts-patch@4", build with "tspc", and give the plugin no "type" in tsconfig.json.`,
  );
}

function selectionIn(ts: TypeScript, { program, options, root }: Project, sourceFile: ts.SourceFile): Selection {
  const syntax = parseWithTypeScript(ts, sourceFile);
  if (syntax.problems.length > 0 || syntax.modules.includes(RUNTIME_MODULE))
    return { plan: undefined, diagnostics: [] };
  return selectFunctions(syntax, {
    id: relativePath(sourceFile.fileName, program.getCurrentDirectory()),
    file: relativePath(sourceFile.fileName, root),
    ...options,
    importBy: importBy(ts, program, sourceFile),
  });
}

/** An `import` only where it stays or becomes one; the compiler copies it into a script as it is. */
function importBy(ts: TypeScript, program: ts.Program, sourceFile: ts.SourceFile): Plan["importBy"] {
  if (!ts.isExternalModule(sourceFile)) return "require";
  switch (emittedFormat(ts, program, sourceFile)) {
    case ts.ModuleKind.None:
    case ts.ModuleKind.CommonJS:
      return "require";
    case ts.ModuleKind.Preserve:
      return sourceFile.statements.some((statement) => isCommonJs(ts, statement)) ? "require" : "import";
    default:
      return "import";
  }
}

function emittedFormat(ts: TypeScript, program: ts.Program, sourceFile: ts.SourceFile): ts.ModuleKind {
  if (knowsFormats(program)) return program.getEmitModuleFormatOfFile(sourceFile);
  const { module = ts.ModuleKind.ESNext } = program.getCompilerOptions();
  const decidesByFile = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  return decidesByFile ? (sourceFile.impliedNodeFormat ?? ts.ModuleKind.CommonJS) : module;
}

/** What a program answers since TypeScript 5.6, though its types do not tell. */
interface KnowsFormats {
  getEmitModuleFormatOfFile(sourceFile: ts.SourceFile): ts.ModuleKind;
}

function knowsFormats(program: ts.Program): program is ts.Program & KnowsFormats {
  return "getEmitModuleFormatOfFile" in program;
}

/** `import x = require()` and `export =`, which a bundler's compiler options turn into CommonJS. */
function isCommonJs(ts: TypeScript, statement: ts.Statement): boolean {
  return ts.isExportAssignment(statement)
    ? statement.isExportEquals === true
    : ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference);
}

/** TypeScript's own diagnostics have numbers below this. */
const FIRST_NUMBER = 100_000;

function errorOf(
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
