import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import { coveredMap } from "../../transformer/covered-map.ts";
import { instrument } from "../../transformer/instrument.ts";
import { identifiersOf } from "./identifiers.ts";

/** Who counts by the map what has run, sees nothing of the statements that were added. */

const FORMS = {
  "a body": "function f(a) {\n  return g(a);\n}\n",
  "a body on one line": "function f(a) { return g(a); }\n",
  "a body without semicolons": "function f(a) {\n  const b = g(a)\n  return b\n}\n",
  "a body that can come to its end": "function f(a) {\n  if (a) return\n  g(a)\n}\n",
  "a body that runs on": "function f(a) {\n  for (const b of a) return b;\n}\n",
  "an expression": "const f = (a) => g(a);\n",
  "an expression without a semicolon": "const f = (a) => g(a)\n",
  "an expression as an argument": "const f = g(/* @trace */ (a) => a.b, 1);\n",
  "parameters that are taken apart": "function f({ a, b: [c] }, ...d) {\n  return g(a, c, d);\n}\n",
  "a nested function": "function f(a) {\n  // @trace\n  const h = () => g(a);\n  return h();\n}\n",
  "handlers and loops": [
    "async function f(a) {",
    "  try {",
    "    for await (const b of g(a)) await b;",
    "  } catch (error) {",
    "    await g(error);",
    "  } finally {",
    "    await g(a);",
    "  }",
    "}",
    "",
  ].join("\n"),
} as const;

describe.each(Object.entries(FORMS))("%s", (_, form) => {
  const source = `// @trace\n${form}`;
  const result = instrument(source, "f.js", { format: "module" });
  const code = result?.code ?? "";
  const map = JSON.stringify(coveredMap(code, result?.map ?? {}));

  test("keeps the places of its own code", () => {
    const before = identifiersOf(source, code, JSON.stringify(result?.map));
    const after = identifiersOf(source, code, map);
    expect([...after.right]).toEqual([...before.right]);
    expect([...after.wrong]).toEqual([]);
  });

  test("loses those of the statements that were added", () => {
    const traced = new TraceMap(map);
    const added =
      /const __swF|__swF\.on|try \{ ?(?=return|\n)|throw __swF|(?<!return )__swF\.end|__swF\.(?:resume|caught)\((?:error)?\);/g;
    const led = code.split("\n").flatMap((text, line) =>
      [...text.matchAll(added)].map(({ index, 0: words }) => ({
        words,
        to: originalPositionFor(traced, { line: line + 1, column: index }).line,
      })),
    );
    expect(led.length).toBeGreaterThan(1);
    expect(led.filter(({ to }) => to !== null)).toEqual([]);
  });

  test("has an expression's place where it is returned", () => {
    const traced = new TraceMap(map);
    for (const [line, text] of code.split("\n").entries()) {
      for (const { index } of text.matchAll(/return __swF\.ret\(/g))
        expect(originalPositionFor(traced, { line: line + 1, column: index }).line).toBe(line + 1);
    }
  });
});
