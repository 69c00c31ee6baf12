import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { commentsOf } from "../../transformer/parse/typescript-comments.ts";
import { compile, traced, transpile, type Way } from "./emitters.ts";
import { mappedIdentifiers } from "./source-map.ts";

const COMMONJS: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS };
const ESM: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };

const PROGRAM = `#!/usr/bin/env node
/* header */

"use strict"; // directive
import { other } from "./other.js"; // other
// above
export async function first(/* in */ a: string) { // opens
  // leads
  const b = /* value */ await /* operand */ other(a) /* after */; // tail
  // apart

  for await (const c of /* iterated */ b) { // loop
    // in loop
  }
  if (b) return /* result */ b.map((c: number) => /* concise */ c + 1); // returned
  return [/* item */ await b, // comma
    /* next */ await a /* last */];
  // closes
} // closed
export const second = () =>
  // its own line
  other(await_(
    // another line
    1));
class Base { constructor(/* none */) { /* empty */ } /* member */ get x() { return this; /* gone */ } }
function* third() { try { yield /* yielded */ 1; } catch { /* caught */ } finally { /* finally */ } }
declare function await_(x: number): any;
/* tail */
`;

test.each([
  [
    "an ES module imports it after the directives, before its other imports",
    ESM,
    ["#!", '"use strict"', "import * as __sw", 'from "spanwright/runtime"', 'from "./other.js"'],
  ],
  [
    "CommonJS requires it after what TypeScript runs first, before other modules",
    COMMONJS,
    ["#!", '"use strict"', "exports.second = void 0", 'require("spanwright/runtime")', 'require("./other.js")'],
  ],
])("the runtime: %s", (_behaviour, options, expected) => {
  const { code } = compile("tree", PROGRAM, "program.ts", options);
  const order = /^#!|^"use strict"|import \* as __sw|from "[^"]*"|require\("[^"]*"\)|exports\.\w+ = void 0/gm;
  expect(code.match(order)).toEqual(expected);
});

test.each([
  ["ES module", ESM],
  ["CommonJS", COMMONJS],
])("no comment is lost, doubled or moved before another (%s)", (_kind, options) => {
  const comments = (way: Way) => {
    const { code } = compile(way, PROGRAM, "program.ts", options);
    const file = ts.createSourceFile("program.js", code, ts.ScriptTarget.Latest);
    return commentsOf(ts, file).map(({ start, end }) => code.slice(start, end));
  };
  expect(comments("tree")).toEqual(comments("untraced"));
  expect(comments("tree").length).toBeGreaterThan(15);
});

test("a comment on a line of its own does not part a result from its return", () => {
  const { code } = compile("tree", "const f = () =>\n// comment\n  1;", "program.ts", COMMONJS);
  expect(code).toContain("return __swF.ret(");
});

describe("the source map", () => {
  test("leads every identifier of the program where it leads untraced", () => {
    const identifiers = (way: Way) => {
      const { code, map } = compile(way, PROGRAM, "program.ts", ESM);
      return mappedIdentifiers(PROGRAM, code, map);
    };
    expect(identifiers("tree")).toEqual(identifiers("untraced"));
    expect(identifiers("tree").right.length).toBeGreaterThan(30);
  });

  test("leads what was added to the function's own line", () => {
    const program = "\nfunction first(\n  a,\n) {\n  a();\n}\nclass C {\n  @dec()\n  static\n  second() {\n  }\n}\n";
    const { code, map } = compile("tree", program, "program.js", ESM);
    const lines = code.split("\n");
    const added = new Set<string>();
    eachMapping(new TraceMap(map), ({ generatedLine, originalLine }) => {
      const line = lines[generatedLine - 1] ?? "";
      if (/const __swF|__swF\.(fail|end)/.test(line))
        added.add(`${/open\(\[(\w*)/.exec(line)?.[1] ?? "end"} ${originalLine}`);
    });
    expect([...added].sort()).toEqual([" 10", "a 2", "end 10", "end 2"]);
  });
});

describe("together with other transformers", () => {
  const renaming: ts.TransformerFactory<ts.SourceFile> = (context) => (sourceFile) => {
    const visit = (node: ts.Node): ts.Node =>
      ts.isNumericLiteral(node) ? context.factory.createNumericLiteral(42) : ts.visitEachChild(node, visit, context);
    const { factory } = context;
    const added = factory.createExpressionStatement(factory.createStringLiteral("added"));
    const updated = ts.visitEachChild(sourceFile, visit, context);
    return factory.updateSourceFile(updated, [...updated.statements, added]);
  };
  const program = "export const f = async () => { if (await g(1)) return 2; };";

  test.each([
    ["before", [renaming, traced]],
    ["after", [traced, renaming]],
  ])("it traces the same when it runs %s", (_order, transformers) => {
    const { code } = transpile(program, "program.ts", ESM, transformers);
    expect(code).toContain("if (__swF.resume(await __swF.suspend(g(42))))");
    expect(code).toContain("return __swF.ret(42)");
    expect(code).toContain('"added";');
  });
});
