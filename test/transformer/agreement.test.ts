import { globSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";
import { parseWithTypeScript } from "../../transformer/parse/typescript.ts";
import { type SelectOptions, selectFunctions } from "../../transformer/select.ts";
import type { Syntax } from "../../transformer/syntax.ts";

/** Both front ends must make the same plan of a file and have the same to say about it. */

const root = join(import.meta.dirname, "../..");
const fixtures = globSync(join(root, "test/fixtures/agreement/*"));

/** Sources that packages ship: as written, as bundled, and declarations. */
const SHIPPED: Readonly<Record<string, string>> = {
  "TypeScript as written": "node_modules/openai/src/{core,lib,internal,helpers}/*.ts",
  "JavaScript as written": "node_modules/{fast-check,chai,fdir,picomatch,semver}/**/*.{js,mjs,cjs}",
  "JavaScript as bundled": "node_modules/{magic-string,tinyexec,rolldown}/dist/**/*.{js,mjs,cjs}",
  declarations:
    "node_modules/{typescript/lib/lib.{dom,es5,es2015.core},vitest/dist/**/*,rolldown/dist/**/*,magic-string/dist/*}.d.{ts,mts}",
};

const SPECIAL: Readonly<Record<string, readonly [id: string, code: string]>> = {
  "a byte order mark": ["bom.ts", "\ufeff// @trace\nconst f = () => 1; function g() {} // @trace"],
  "carriage returns": [
    "crlf.js",
    '#!/usr/bin/env node\r\n"use strict"\r\n// @trace\r\nfunction f() {\r\n "a"\r\n return 1 }\r\n',
  ],
  "characters beyond the BMP": [
    "astral.js",
    'const \u{20bb7} = "\u{1f4a9}"; // @trace \u{1f4a9}\n/* \u{1f4a9} @trace */\nconst f = (\u{20bb7}) => "\u{1f4a9}", \\u0066\\u{6e} = ({ \\u0061 }) => 1;',
  ],
  "line separators": [
    "separators.js",
    "// @trace\u2028const f = () => 1; // \u2029// @trace\u2029function g() { return /* \u2028 */ 1 }",
  ],
  "a file without a line": ["empty.ts", ""],
  "directives alone": ["directives.js", '"use strict"; /* @trace */'],
};

describe.each(["marked", "exported", "all"] as const)("with %s functions selected", (select) => {
  test.each(fixtures.map((path) => relative(root, path)))("%s", (id) => {
    expectAgreement(id, readFileSync(join(root, id), "utf8"), select);
  });

  test.each(Object.entries(SPECIAL))("%s", (_name, [id, code]) => expectAgreement(id, code, select));
});

test.each(Object.entries(SHIPPED))("%s, shipped by packages", (_kind, pattern) => {
  const files = globSync(pattern, { cwd: root }).filter((file) => !file.includes("/test"));
  expect(files.length).toBeGreaterThan(4);
  for (const id of files) expectAgreement(id, readFileSync(join(root, id), "utf8"), "all");
});

function expectAgreement(id: string, code: string, select: SelectOptions["select"]): void {
  const oxc = parseWithOxc(code, id, extname(id).startsWith(".m") ? "module" : "unambiguous");
  const file = ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true);
  const typescript = parseWithTypeScript(ts, file);
  expect([...oxc.problems, ...typescript.problems], id).toEqual([]);
  expect(reading(typescript, id, select), id).toEqual(reading(oxc, id, select));
}

/** All that the rest of the transformer learns of a file. */
function reading<N>(syntax: Syntax<N>, id: string, select: SelectOptions["select"]) {
  const { comments, isModule, modules, imports, exports } = syntax;
  const { plan, diagnostics } = selectFunctions(syntax, { id, file: id, importBy: "import", select, strict: false });
  return {
    plan,
    // What is wrong with a literal that does not parse, each parser says in its own words.
    diagnostics: diagnostics.map((diagnostic) => (diagnostic.code === "SW1007" ? diagnostic.line : diagnostic)),
    // oxc-parser counts the first line of an executable script among the comments of some files.
    comments: comments.filter(({ start }) => !syntax.text.startsWith("#!", start)),
    isModule,
    modules,
    imports,
    exports: { names: exports.names, nodes: exports.nodes.map((node) => syntax.range(node).start) },
  };
}
