import { basename } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";
import { parseWithTypeScript } from "../../transformer/parse/typescript.ts";
import { RUNTIME_MODULE } from "../../transformer/select.ts";
import { goldenInputs } from "../golden-inputs.ts";
import { compiledName, compilerOptionsOf, filesOf, formatOf, programs } from "../programs.ts";
import { compile } from "./emitters.ts";

/** Building what is built already changes nothing, whoever built it and whatever a compiler made of it since. */

interface Source {
  readonly name: string;
  readonly text: string;
  readonly format: "module" | "commonjs";
  readonly compilerOptions: ts.CompilerOptions;
}

const MODULES = { module: ts.ModuleKind.Preserve, target: ts.ScriptTarget.ESNext };
const COMMONJS = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

const SOURCES: readonly Source[] = [
  ...goldenInputs
    .filter(({ text, id }) => instrument(text, id, { select: "all" })?.map)
    .map(({ name, text, extension }): Source => {
      const compilerOptions = { ...MODULES, jsx: ts.JsxEmit.Preserve };
      return { name: `golden/${name}${extension}`, text, format: "commonjs", compilerOptions };
    }),
  ...programs.flatMap(filesOf).map(({ name, text }): Source => {
    const compilerOptions = { ...MODULES, ...compilerOptionsOf(name) };
    return { name: `corpus/${name}`, text, format: formatOf(name), compilerOptions };
  }),
];

describe.each(SOURCES)("$name", ({ name, text, format, compilerOptions }) => {
  const id = `src/${basename(name)}`;
  const built = instrument(text, id, { select: "all", format })?.code ?? "";

  test("is left alone after the text emitter", () => {
    expect(instrument(built, id, { select: "all", format })).toBeNull();
  });

  test("is left alone by the tree emitter after the text emitter", () => {
    const file = ts.createSourceFile(id.replace(/\.cjs$/, ".js"), built, ts.ScriptTarget.Latest, true);
    expect(parseWithTypeScript(ts, file).modules).toContain(RUNTIME_MODULE);
  });

  test.each([
    ["as it is", compilerOptions],
    ["as CommonJS", { ...compilerOptions, ...COMMONJS }],
  ])("is left alone after the tree emitter (%s)", (_format, options) => {
    const compiled = compile("tree", text, id, options).code;
    expect(instrument(compiled, compiledName(id), { select: "all", format })).toBeNull();
  });

  test("is left alone after the text emitter and a compiler to CommonJS", () => {
    const compiled = compile("text", text, id, { ...compilerOptions, ...COMMONJS }).code;
    expect(instrument(compiled, compiledName(id), { select: "all", format })).toBeNull();
  });
});
