import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import transformers, { factory, name, version } from "../../transformer/hosts/transformers.ts";
import { newFolder } from "../store/folder.ts";

/** The transformers as tools call them, in this process. */

const marked = "// @trace\nexport const f = (): number => 1;\n";
const quiet = { summary: false };

describe("a file that is compiled by itself", () => {
  test.each([
    ["an ES module", ts.ModuleKind.ES2022, 'import * as __sw from "spanwright/runtime";'],
    ["CommonJS", ts.ModuleKind.CommonJS, 'const __sw = require("spanwright/runtime");'],
  ])("is traced as %s", (_, module, expected) => {
    const compilerOptions = { module, target: ts.ScriptTarget.ES2022 };
    const { outputText } = ts.transpileModule(marked, {
      fileName: "src/a.ts",
      compilerOptions,
      transformers: transformers(undefined, quiet),
    });
    expect(outputText).toContain(expected);
    expect(outputText).toContain('sites(2, "src/a.ts"');
  });
});

test("a program's files are named from the folder of its tsconfig.json", () => {
  const folder = newFolder();
  writeFileSync(join(folder, "a.ts"), marked);
  const options = { noLib: true, types: [], configFilePath: join(folder, "tsconfig.json") };
  const program = ts.createProgram([join(folder, "a.ts")], options);
  let output = "";
  const write: ts.WriteFileCallback = (_, text) => {
    output += text;
  };
  program.emit(undefined, write, undefined, undefined, transformers(program, quiet));
  expect(output).toContain('sites(2, "a.ts"');
});

test("errors of a mark fail what is compiled, with their places", () => {
  const transpile = () =>
    ts.transpileModule("// @trace { nmae: 1 }\nexport const f = () => 1;\n// @trace\nconst g = 1;\n", {
      fileName: "wrong.ts",
      transformers: transformers(undefined, quiet),
    });
  expect(transpile).toThrow(/^wrong\.ts:1:13 - error SW1003: [\s\S]*wrong\.ts:3:1 - error SW1002: /);
});

test("ts-jest is given a name, a version and a factory that takes its compiler", () => {
  expect([name, version]).toEqual(["spanwright", expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  const { outputText } = ts.transpileModule("export const g = () => 1;\n", {
    fileName: "/project/src/a.ts",
    transformers: { before: [factory({ configSet: { compilerModule: ts, rootDir: "/project" } }, { select: "all" })] },
  });
  expect(outputText).toContain("__sw0.open(");
  expect(outputText).toContain('sites(2, "src/a.ts"');
});

test.each([
  ["an option that does not exist", { slect: "all" }, "SW3001: unknown option `slect` of spanwright/transformers"],
  ["a value that does not fit", { select: "some" }, "SW3003: the option `select` of spanwright/transformers"],
])("%s is refused at once", (_, options, message) => {
  expect(() => Reflect.apply(transformers, undefined, [undefined, options])).toThrow(message);
});

describe("the project's TypeScript", () => {
  const programIn = (folder: string) => ({ ...ts.createProgram([], {}), getCurrentDirectory: () => folder });

  test("that takes no transformers is refused", () => {
    const folder = newFolder();
    const typescript = join(folder, "node_modules/typescript");
    mkdirSync(typescript, { recursive: true });
    writeFileSync(join(typescript, "index.js"), 'exports.version = "7.0.2"; exports.versionMajorMinor = "7.0";');
    expect(() => transformers(programIn(folder))).toThrow(
      "SW3002: spanwright/transformers needs TypeScript 6 or 5.9, the last ones that take transformers, and was handed TypeScript 7.0.2. Run `npm install --save-dev typescript@6`",
    );
    expect(transformers(programIn(folder), {}, ts).before).toHaveLength(1);
  });

  test("that is not there is asked for", () => {
    expect(() => transformers(programIn(newFolder()))).toThrow("was handed no TypeScript. Run `npm install");
  });
});
