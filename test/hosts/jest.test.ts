import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { createTransformer, type JestOptions } from "../../transformer/hosts/jest.ts";
import { newFolder } from "../store/folder.ts";

/** The transformer as Jest calls it, before one that compiles by TypeScript; `jest.release.ts` runs Jest itself. */

const COMPILER = `
import ts from ${JSON.stringify(import.meta.resolve("typescript"))};
const compiled = (code, fileName, { target }) => {
  const compilerOptions = { inlineSourceMap: true, inlineSources: true, target: ts.ScriptTarget[target] };
  return { code: ts.transpileModule(code, { fileName, compilerOptions }).outputText };
};
export default {
  createTransformer: (config = {}) => ({
    process: (code, path) => compiled(code, path, config),
    processAsync: async (code, path) => compiled(code, path, config),
    getCacheKey: (code, path, { transformerConfig }) => JSON.stringify([code, transformerConfig]),
  }),
};
`;

const marked =
  'import { a } from "a";\n\n// @trace\nexport async function f(n: number): Promise<number> {\n  return a(n);\n}\n';

async function transformerIn(folder: string, options: JestOptions = {}) {
  const path = join(folder, "compiler.mjs");
  writeFileSync(path, COMPILER);
  const transformer = await createTransformer({
    transformer: path,
    transformerConfig: { target: "ES2022" },
    ...options,
  });
  const asked = { config: { rootDir: folder }, configString: "", instrument: false, supportsStaticESM: false };
  const file = join(folder, "src/f.ts");
  return {
    process: (code: string) => transformer.process!(code, file, asked),
    processAsync: (code: string) => transformer.processAsync!(code, file, asked),
    getCacheKey: (code: string) => transformer.getCacheKey!(code, file, asked),
  };
}

describe("a file with a mark", () => {
  test("is traced and compiled, and its map leads to the source", async () => {
    const folder = newFolder();
    const { process } = await transformerIn(folder);
    const { code, map } = process(marked);
    expect(code).toContain("__sw0.open([n])");
    expect(code).toContain('sites(2, "src/f.ts"');
    const lines = code.split("\n");
    const line = lines.findIndex((text) => text.includes("a(n)"));
    const position = originalPositionFor(new TraceMap(JSON.stringify(map)), {
      line: line + 1,
      column: lines[line]!.indexOf("a(n)"),
    });
    expect(position).toMatchObject({ line: 5, column: 9, source: expect.stringMatching(/src\/f\.ts$/) });
  });

  test("bears its map, for Jest's own instrumentation", async () => {
    const { process } = await transformerIn(newFolder());
    const { code, map } = process(marked);
    const data = /\/\/# sourceMappingURL=data:application\/json;base64,(.*)\n$/.exec(code)?.[1];
    expect(JSON.parse(Buffer.from(data!, "base64").toString())).toEqual(JSON.parse(JSON.stringify(map)));
    expect(code.match(/sourceMappingURL/g)).toHaveLength(1);
  });

  test("has a map where the other transformer leaves it as it is, too", async () => {
    const folder = newFolder();
    const path = join(folder, "idle.mjs");
    writeFileSync(path, "export const process = (code) => ({ code });");
    const { process } = await transformerIn(folder, { transformer: path });
    const { map } = process("/* @trace */ const f = (a) => a.b;\n");
    const column = 'const __sw = require("spanwright/runtime"); '.length;
    expect(map).toMatchObject({ sources: [expect.stringMatching(/src\/f\.ts$/)] });
    expect(originalPositionFor(new TraceMap(JSON.stringify(map)), { line: 1, column: 13 + column })).toMatchObject({
      line: 1,
      column: 13,
    });
  });

  test("is traced the same way where Jest waits for it", async () => {
    const { process, processAsync } = await transformerIn(newFolder());
    expect(await processAsync(marked)).toEqual(process(marked));
  });

  test("is left alone where `include` does not name it", async () => {
    const { process } = await transformerIn(newFolder(), { include: "lib/**" });
    expect(process(marked).code).not.toContain("spanwright");
  });
});

test("a file without a mark is what the other transformer makes of it", async () => {
  const text = "export const f = (n: number) => n;\n";
  const { process } = await transformerIn(newFolder());
  const { outputText } = ts.transpileModule(text, {
    fileName: "f.ts",
    compilerOptions: { inlineSourceMap: true, inlineSources: true, target: ts.ScriptTarget.ES2022 },
  });
  expect(process(text).code.split("\n//#")[0]).toBe(outputText.split("\n//#")[0]);
});

test("errors of a mark fail the file whenever it is compiled", async () => {
  const { process } = await transformerIn(newFolder());
  for (const _ of ["first", "second"])
    expect(() => process("// @trace\nconst f = 1;\n")).toThrow(/src\/f\.ts:1:1 - error SW1002: /);
});

test("the cache key is another for another text, other options and another configuration", async () => {
  const folder = newFolder();
  const keyOf = async (code: string, options?: JestOptions) => (await transformerIn(folder, options)).getCacheKey(code);
  const keys = await Promise.all([
    keyOf(marked),
    keyOf("other"),
    keyOf(marked, { select: "all" }),
    keyOf(marked, { transformerConfig: { target: "ES2020" } }),
  ]);
  expect(new Set(keys).size).toBe(keys.length);
  expect(await keyOf(marked)).toBe(keys[0]);
});

describe("refused is", () => {
  test.each<[string, object, string]>([
    [
      "an option that does not exist",
      { transfomer: "a" },
      "SW3001: unknown option `transfomer` of spanwright/jest; did you mean `transformer`?",
    ],
    [
      "an option of builds with another value",
      { select: "some" },
      "SW3003: the option `select` of spanwright/jest cannot be",
    ],
    [
      "a transformer without a name",
      { transformer: 1 },
      "SW3003: the option `transformer` of spanwright/jest cannot be 1. It takes the name of a package, or a path.",
    ],
    [
      "a transformer that is not installed",
      { transformer: "not-installed" },
      "SW3010: spanwright/jest has nobody to compile for it: not-installed cannot be found from ",
    ],
    ["what is no transformer", { transformer: "typescript" }, "It takes a transformer of Jest."],
  ])("%s", async (_, options, message) => {
    await expect(createTransformer(options)).rejects.toThrow(message);
  });
});

test("without a name, the first transformer that is installed compiles", async () => {
  const folder = newFolder();
  const before = process.cwd();
  const install = (name: string) => {
    const place = join(folder, "node_modules", name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "index.js"), `exports.process = () => ({ code: ${JSON.stringify(name)} });`);
  };
  try {
    process.chdir(folder);
    await expect(createTransformer()).rejects.toThrow(
      "SW3010: spanwright/jest has nobody to compile for it: ts-jest, @swc/jest, babel-jest cannot",
    );
    for (const name of ["babel-jest", "@swc/jest"]) {
      install(name);
      const asked = { config: { rootDir: folder }, configString: "", instrument: false, supportsStaticESM: false };
      expect((await createTransformer()).process!("", join(folder, "f.ts"), asked).code).toBe(name);
    }
  } finally {
    process.chdir(before);
  }
});
