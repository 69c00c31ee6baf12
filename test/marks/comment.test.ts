import { describe, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";

/** Names of the functions a source traces, and the codes of what is said about it. */
function traced(source: string): { sites: string[]; codes: string[] } {
  const result = instrument(source, "src/case.ts", { root: process.cwd() });
  return {
    sites: result?.sites.map(({ name, qualified = name }) => qualified) ?? [],
    codes: result?.diagnostics.map(({ code }) => code) ?? [],
  };
}

describe("a comment is a mark", () => {
  test.each([
    ["// @trace\nfunction f() {}"],
    ["//@trace\nfunction f() {}"],
    ["// @trace {}\nfunction f() {}"],
    ["/* @trace */ function f() {}"],
    ["/** @trace */\nfunction f() {}"],
    ["/**\n * Adds.\n * @trace\n * @returns a number\n */\nfunction f() {}"],
    ["/**\n * @trace {\n *   name: 'g', // a comment\n *   root: true,\n * }\n */\nfunction f() {}"],
    ["// @trace\n// a word about it\n\n/** and more */\nfunction f() {}"],
    ["// @trace\r\nfunction f() {}"],
    ["start(); /* @trace */ function f() {}"],
    ["// @trace\n@decorated export class A { }\n// @trace\nfunction f() {}"],
  ])("%j", (source) => {
    expect(traced(source).sites).toContain("f");
  });
});

describe("a comment is no mark", () => {
  test.each([
    ["// @tracer\nfunction f() {}"],
    ["// @trace-id\nfunction f() {}"],
    ["// see @trace\nfunction f() {}"],
    ["/* about @trace */ function f() {}"],
    ["const text = '// @trace';\nfunction f() {}"],
    ["const text = `\n// @trace\n`;\nfunction f() {}"],
    ["const expression = /\\/\\/ @trace/;\nfunction f() {}"],
  ])("%j", (source) => {
    expect(traced(source)).toEqual({ sites: [], codes: [] });
  });
});

describe("a mark that is of no use is reported", () => {
  test.each([
    ["// @trace\nconst x = 1;", "SW1002"],
    ["// @trace", "SW1002"],
    ["f(); // @trace\nfunction f() {}", "SW1002"],
    ["// @trace\nexport const f = wrap(() => 1);", "SW1002"],
    ["// @trace\ninterface F { f(): void }", "SW1002"],
    ["// @trace\ndeclare function f(): void;", "SW1009"],
    ["// @trace on\nfunction f() {}", "SW1007"],
    ["// @trace { name: }\nfunction f() {}", "SW1007"],
    ["// @trace { name: 'a' } and more\nfunction f() {}", "SW1007"],
    ["// @trace { nmae: 'a' }\nfunction f() {}", "SW1003"],
    ["// @trace { toString: 'a' }\nfunction f() {}", "SW1003"],
    ["// @trace { name: label }\nfunction f() {}", "SW1004"],
    ["// @trace { name: `a$\u007bb}` }\nfunction f() {}", "SW1004"],
    ["// @trace { attributes: { a: b } }\nfunction f() {}", "SW1004"],
    ["// @trace { name: 1 }\nfunction f() {}", "SW1005"],
    ["// @trace { attributes: [] }\nfunction f() {}", "SW1005"],
    ["// @trace { outputReducer: join }\nfunction f() {}", "SW1004"],
    ["// @trace { inputs: ['b'] }\nfunction f(a) {}", "SW1006"],
    ["// @trace\nfunction f( {}", "SW1001"],
  ])("%j: %s", (source, code) => {
    expect(traced(source).codes).toEqual([code]);
  });
});

describe("a mark belongs to the function directly below it", () => {
  test.each([
    ["declaration", "// @trace\nexport default async function f() {}", ["f"]],
    ["unnamed default", "// @trace\nexport default function () {}", ["default"]],
    ["constant", "// @trace\nexport const f = async () => {}, g = () => {};", ["f"]],
    ["second of two", "const f = () => {}, // @trace\n/* @trace */ g = () => {};", ["g"]],
    ["in parentheses and asserted", "// @trace\nconst f = ((() => {}) as unknown)!;", ["f"]],
    ["assignment", "// @trace\nmodule.exports.f = function () {};", ["f"]],
    ["property", "const o = {\n// @trace\nf: () => {}, g() {} }", ["o.f"]],
    ["object method", "const o = { g() {},\n// @trace\nasync *f() {} }", ["o.f"]],
    ["field", "class A {\n// @trace\nstatic f = () => {}; g() {} }", ["A.f"]],
    ["private method", "class A {\n// @trace\n#f() {} g() {} }", ["A.#f"]],
    ["accessor", "class A {\n// @trace\nget f() { return 1 } set f(x) {} }", ["A.get f"]],
    ["constructor", "class A {\n// @trace\nconstructor() {} g() {} }", ["A.constructor"]],
    ["function in a function", "function g() {\n// @trace\nfunction f() {} }", ["g.f"]],
    ["argument", "list.map(/* @trace */ (x) => x)", ["<anonymous>"]],
    ["returned function", "function g() { return /* @trace */ () => 1 }", ["g.<anonymous>"]],
    ["curried", "// @trace\nconst f = (a) => (b) => a + b", ["f"]],
    ["overload", "// @trace\nfunction f(a: string): void;\nfunction f(a: any) {}", ["f"]],
    [
      "class",
      "// @trace\nexport class A { constructor() {} f() {} static async g() {} get h() { return 1 } }",
      ["A.f", "A.g"],
    ],
    ["class but one", "// @trace\nclass A { f() {}\n// @trace off\ng() {} }", ["A.f"]],
  ])("%s", (_, source, names) => {
    expect(traced(source).sites).toEqual(names);
  });
});

test("a file without a mark is not parsed", () => {
  expect(instrument("this is ( no program", "src/case.ts")).toBeNull();
});

test("`trace` of another package is no marker call", () => {
  expect(traced('import { trace } from "other"; // about spanwright\nfunction f() { trace({}); }').sites).toEqual([]);
});

test("the marker call is found under another name", () => {
  expect(traced('import { trace as mark } from "spanwright";\nfunction f() { mark({}); }').sites).toEqual(["f"]);
});

test("options of a comment and a marker call come together", () => {
  const source =
    'import { trace } from "spanwright";\n// @trace { name: "a", spanType: "LLM" }\nfunction f() { trace({ name: "b" }); }';
  expect(instrument(source, "src/case.ts")?.sites[0]?.options).toEqual({ name: "b", spanType: "LLM" });
});
