import { posix } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import transformer from "../../transformer/hosts/ts-patch.ts";

/** The host in the compiler's own process, without ts-patch around it. */

const IMPORT = 'import * as __sw from "spanwright/runtime";';
const REQUIRE = 'const __sw = require("spanwright/runtime");';
const { CommonJS, ES2022, NodeNext, Preserve } = ts.ModuleKind;

describe("the runtime is brought in", () => {
  test.each([
    ["an ES module", "a.ts", "export {}; /* @trace */ function f() {}", { module: ES2022 }, IMPORT],
    ["a script for ES modules", "a.ts", "/* @trace */ function f() {}", { module: ES2022 }, REQUIRE],
    ["a module made CommonJS", "a.ts", "export {}; /* @trace */ function f() {}", { module: CommonJS }, REQUIRE],
    ["an ES module for Node", "esm/a.ts", "export {}; /* @trace */ function f() {}", { module: NodeNext }, IMPORT],
    ["a file of a package of ES modules", "esm/a.ts", "/* @trace */ function f() {}", { module: NodeNext }, IMPORT],
    ["a CommonJS module for Node", "a.ts", "export {}; /* @trace */ function f() {}", { module: NodeNext }, REQUIRE],
    ["a .cts file", "esm/a.cts", "export {}; /* @trace */ function f() {}", { module: NodeNext }, REQUIRE],
    ["a .mts file", "a.mts", "export {}; /* @trace */ function f() {}", { module: NodeNext }, IMPORT],
    ["a module that is preserved", "a.ts", "export {}; /* @trace */ function f() {}", { module: Preserve }, IMPORT],
    [
      "a CommonJS module that is preserved",
      "a.ts",
      "/* @trace */ function f() {} export = f;",
      { module: Preserve },
      REQUIRE,
    ],
  ] as const)("into %s", (_kind, file, text, options, expected) => {
    expect(emit(file, text, { options }).output).toContain(expected);
  });

  test.each([
    ["an ES module", "a.ts", "export {}; /* @trace */ function f() {}", { module: ES2022 }, IMPORT],
    ["a module made CommonJS", "a.ts", "export {}; /* @trace */ function f() {}", { module: CommonJS }, REQUIRE],
    [
      "a file whose format nobody knows",
      "a.ts",
      "export {}; /* @trace */ function f() {}",
      { module: NodeNext },
      REQUIRE,
    ],
  ] as const)("into %s that is transformed and not emitted", (_kind, file, text, options, expected) => {
    const sourceFile = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
    const { transformed } = ts.transform(sourceFile, [transformerFor(programOf(file, text), {}, [])], options);
    expect(ts.createPrinter().printFile(transformed[0]!)).toContain(expected);
  });
});

describe("what is traced", () => {
  const module = "// @trace\nexport const marked = () => 1;\nexport const unmarked = () => 2;\n";

  test.each([
    [{}, ["marked"]],
    [{ select: "marked" }, ["marked"]],
    [{ select: "all" }, ["marked", "unmarked"]],
    [{ select: "exported" }, ["marked", "unmarked"]],
    [{ import: "default", tsConfig: "tsconfig.json" }, ["marked"]],
  ])("with %j", (config, expected) => {
    const { output } = emit("a.ts", module, { config });
    expect([...output.matchAll(/"name": "(\w+)"/g)].map(([, name]) => name)).toEqual(expected);
  });

  test.each([
    ["holds no mark", "export const f = () => 1;\n"],
    ["was compiled already", 'import * as __sw from "spanwright/runtime";\n// @trace\nexport const f = () => __sw;\n'],
    ["does not parse", "// @trace\nexport const f = ( => 1;\n"],
  ])("is nothing in a file that %s", (_state, text) => {
    const { output, diagnostics } = emit("a.ts", text);
    expect(output).toBe(ts.transpile(text, { target: ts.ScriptTarget.ES2022, module: ES2022 }));
    expect(diagnostics).toEqual([]);
  });

  test.each([
    [{ include: "src/**" }, true],
    [{ include: "lib/**" }, false],
    [{ exclude: "src/a.ts" }, false],
    [{ enabled: false }, false],
  ])("is what the options %j let in", (config, isTraced) => {
    expect(emit("src/a.ts", module, { config }).output.includes("spanwright/runtime")).toBe(isTraced);
  });

  test("names its file from the folder of tsconfig.json", () => {
    expect(
      emit("packages/one/src/a.ts", module, { options: { configFilePath: "/packages/one/tsconfig.json" } }).output,
    ).toContain('__sw.sites(2, "src/a.ts"');
  });
});

test("an error of a mark has a place, a number and a remedy", () => {
  const { diagnostics } = emit("a.ts", "export {};\n  // @trace { spanType: 1 }\nexport const f = () => 1;\n");
  expect(ts.formatDiagnostics(diagnostics, FORMAT)).toBe(
    "a.ts(2,25): error TS101005: SW1005: the value of `spanType` does not fit\n" +
      '  `spanType` takes a string, such as "LLM", "TOOL" or one of your own.\n',
  );
});

test("with `strict`, what would be a warning is an error", () => {
  const { diagnostics } = emit("a.ts", "// @Trace\nexport const f = () => 1;\n", { config: { strict: true } });
  expect(diagnostics.map(({ code }) => code)).toEqual([101012]);
});

test.each([
  [{ selec: "all" }, "SW3001: unknown option `selec` of spanwright/ts-patch; did you mean `select`?"],
  [{ select: "everything" }, 'SW3003: the option `select` of spanwright/ts-patch cannot be "everything"'],
  [{ strict: "yes" }, 'SW3003: the option `strict` of spanwright/ts-patch cannot be "yes"'],
])("the options %j are refused", (config, message) => {
  expect(() => emit("a.ts", "", { config })).toThrow(message);
});

test.each([
  ["TypeScript 7.0.2", [{}, {}, { ts: { version: "7.0.2", versionMajorMinor: "7.0" } }]],
  ["TypeScript 7.1.0", [{}, {}, { ts: { ...ts, version: "7.1.0", versionMajorMinor: "7.1" } }]],
  ["no TypeScript", [{}, {}]],
])("%s is refused", (seen, args) => {
  expect(() => Reflect.apply(transformer, undefined, args)).toThrow(
    `SW3002: spanwright/ts-patch needs TypeScript 6 or 5.9, the last ones that take transformers, and was handed ${seen}. Run \`npm install --save-dev typescript@6 ts-patch@4\``,
  );
});

const FORMAT: ts.FormatDiagnosticsHost = {
  getCurrentDirectory: () => "/",
  getCanonicalFileName: (name) => name,
  getNewLine: () => "\n",
};

interface EmitOptions {
  readonly options?: ts.CompilerOptions;
  readonly config?: Readonly<Record<string, unknown>>;
}

/** What the compiler makes of a file below the root folder. */
function emit(path: string, text: string, { options = {}, config = {} }: EmitOptions = {}) {
  const program = programOf(path, text, options);
  const diagnostics: ts.Diagnostic[] = [];
  const before = transformerFor(program, config, diagnostics);
  let output = "";
  const write: ts.WriteFileCallback = (_file, text) => {
    output += text;
  };
  program.emit(undefined, write, undefined, undefined, { before: [before] });
  return { output, diagnostics };
}

function transformerFor(program: ts.Program, config: EmitOptions["config"], diagnostics: ts.Diagnostic[]) {
  return transformer(
    program,
    { summary: false, ...config },
    { ts, addDiagnostic: (diagnostic) => diagnostics.push(diagnostic) },
  );
}

/** A program of one file below the root folder; `esm/` is a package of ES modules. */
function programOf(path: string, text: string, options: ts.CompilerOptions = {}): ts.Program {
  const name = posix.join("/", path);
  const files = new Map([
    [name, text],
    ["/package.json", "{}"],
    ["/esm/package.json", '{ "type": "module" }'],
  ]);
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ES2022, noLib: true, types: [], ...options };
  return ts.createProgram([name], compilerOptions, {
    ...ts.createCompilerHost(compilerOptions),
    fileExists: (file) => files.has(file),
    directoryExists: () => true,
    readFile: (file) => files.get(file),
    getCurrentDirectory: () => "/",
    getSourceFile: (file, languageVersion) => ts.createSourceFile(file, files.get(file) ?? "", languageVersion),
    writeFile: () => {},
  });
}
