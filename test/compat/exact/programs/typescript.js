import { dirname, relative } from "node:path";
import ts from "typescript";
import { short } from "./texts.js";

/**
 * Compiles a project, or only some files of it and without the types of Node and of browsers, by its tsconfig.json:
 * prints the diagnostics and each file that comes out.
 */
const [config, ...files] = process.argv.slice(2);
const fewer = files.length > 0 ? { lib: ["lib.es2023.d.ts"], types: [] } : {};
const folder = dirname(config);
const formatting = { getCurrentDirectory: () => folder, getNewLine: () => "\n", getCanonicalFileName: (file) => file };
const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: ({ messageText }) => console.log(messageText) };
const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(
  config,
  { noEmit: false, outDir: "/out", declaration: true, sourceMap: true },
  host,
);
const roots = files.length > 0 ? files.map((file) => `${folder}/${file}`) : fileNames;
const program = ts.createProgram(roots, { ...options, ...fewer, rootDir: folder });
console.log(program.getSourceFiles().length, program.getTypeCount(), program.getIdentifierCount());
const emitted = program.emit(undefined, (file, text) => console.log(relative("/out", file), short(text)));
console.log(
  emitted.emitSkipped,
  ts.formatDiagnostics([...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics], formatting),
);

const wrong = `class A<T> { #x: T; get y(): T { return this.#z; } } const a: A<string> = new A(1, 2); a.y.toFixed(); type R<T> = R<T[]>; let r: R<1>; enum E { A = "x" }; function f(x: E): asserts x is E.B {} for (const x of 5) x.y;`;
const source = ts.createSourceFile("/wrong.ts", wrong, ts.ScriptTarget.Latest, true);
const single = {
  ...host,
  fileExists: (file) => file === "/wrong.ts",
  getSourceFile: (file) => (file === "/wrong.ts" ? source : undefined),
  getDefaultLibFileName: () => "lib.d.ts",
  getCanonicalFileName: (file) => file,
  getNewLine: () => "\n",
  useCaseSensitiveFileNames: () => true,
  writeFile() {},
};
console.log(
  ts.formatDiagnostics(
    ts.getPreEmitDiagnostics(ts.createProgram(["/wrong.ts"], { noLib: true, types: [] }, single)),
    formatting,
  ),
);
const service = ts.createLanguageService({
  ...single,
  getScriptFileNames: () => ["/wrong.ts"],
  getScriptVersion: () => "1",
  getScriptSnapshot: (file) => (file === "/wrong.ts" ? ts.ScriptSnapshot.fromString(wrong) : undefined),
  getCompilationSettings: () => ({ noLib: true, types: [] }),
  getCurrentDirectory: () => "/",
  readFile: () => undefined,
});
console.log(
  service
    .getCompletionsAtPosition("/wrong.ts", wrong.indexOf("a.y") + 2, {})
    ?.entries.map(({ name, kind }) => `${name}: ${kind}`)
    .join(),
);
console.log(
  JSON.stringify(service.getQuickInfoAtPosition("/wrong.ts", wrong.indexOf("a:"))),
  service.getFormattingEditsForDocument("/wrong.ts", ts.getDefaultFormatCodeSettings("\n")).length,
);
console.log(
  JSON.stringify(
    service
      .findReferences("/wrong.ts", wrong.indexOf("y():"))
      ?.map(({ references }) => references.map(({ textSpan }) => textSpan.start)),
  ),
);
