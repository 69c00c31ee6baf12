import { describe, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";
import { instrumentWithTypeScript } from "./traced.ts";

/** `trace(…)` around a function literal: the build puts the span into the literal and takes the call away. */

const IMPORT = 'import { trace } from "spanwright";\n';

/** Names of the functions that are traced in place, as both parsers find them, and the codes of what is said. */
function traced(source: string, id = "src/case.ts"): { sites: string[]; codes: string[] } {
  const seen = [instrument, instrumentWithTypeScript].map((run) => {
    const { sites = [], diagnostics = [] } = run(source, id, {}) ?? {};
    return {
      sites: sites.map(({ name, qualified = name }) => qualified),
      codes: diagnostics.map(({ code }) => code),
    };
  });
  expect(seen[1]).toEqual(seen[0]);
  return seen[0] ?? { sites: [], codes: [] };
}

describe("it is compiled in place", () => {
  test.each([
    ["an arrow function", `${IMPORT}const f = trace(() => 1);`],
    ["an async arrow with options", `${IMPORT}export const f = trace(async (q: string) => q, { name: "g" });`],
    ["a function expression", `${IMPORT}const f = trace(function () {});`],
    ["a generator", `${IMPORT}const f = trace(function* () {}, { outputReducer: join });`],
    ["a property", `${IMPORT}const { f } = { f: trace(async function* () {}) };`.replace("const { f } =", "f =")],
    ["parentheses and assertions", `${IMPORT}const f = trace((() => 1) as F) satisfies F;`],
    ["type arguments", `${IMPORT}const f = trace<F>(() => 1);`],
    ["another name", 'import { trace as t } from "spanwright"; const f = t(() => 1);'],
    ["a namespace", 'import * as sw from "spanwright"; const f = sw.trace(() => 1);'],
    ["require", 'const { trace } = require("spanwright"); const f = trace(() => 1);'],
    ["require under another name", 'const { trace: t } = require("spanwright"); const f = t(() => 1);'],
    ["require of the whole", 'const sw = require("spanwright"); const f = sw.trace(() => 1);'],
    ["CommonJS of TypeScript", 'const s_1 = require("spanwright"); const f = (0, s_1.trace)(() => 1);'],
    ["a namespace in CommonJS", 'const sw = __importStar(require("spanwright")); const f = sw.trace(() => 1);'],
  ])("%s", (_form, source) => {
    const { sites, codes } = traced(source);
    expect(sites.map((name) => name.replace(/.*\./, ""))).toEqual(["f"]);
    expect(codes).toEqual([]);
    expect(instrument(source, "src/case.ts")?.code).not.toMatch(/\btrace\)?(<F>)?\(/);
  });
});

describe("it stays a wrapper at run time", () => {
  test.each([
    ["around a value", "const f = trace(Math.pow);"],
    ["around what another call returns", "const f = trace(wrap(() => 1));"],
    ["with options that are not written out", "const f = trace(() => 1, options);"],
    ["with options from elsewhere among them", "const f = trace(() => 1, { name: 'g', ...more });"],
    ["with an option that must be a literal and is none", "const f = trace(() => 1, { root: isRoot });"],
    [
      "with code among the options of a function that gets its name at run time",
      "o = { [k]: trace(() => 1, { name }) };",
    ],
    ["around a function that cannot be traced", "const f = trace(async () => { for (await using a = b; ; ) c; });"],
    ["as an optional call", "const f = trace?.(() => 1);"],
    ["with arguments that it does not take", "const f = trace(() => 1, {}, 2);"],
  ])("%s", (_case, source) => {
    expect(traced(IMPORT + source)).toEqual({ sites: [], codes: [] });
  });

  test("and is recorded once when every function is selected", () => {
    const source = `${IMPORT}const f = trace(() => 1, options), g = () => 2;`;
    expect(instrument(source, "src/case.ts", { select: "all" })?.sites.map(({ name }) => name)).toEqual(["g"]);
  });
});

describe("`trace` that is another one is left alone", () => {
  test.each([
    ["a parameter", "function f(trace) { return trace(() => 1); }"],
    ["a variable of a function", "function f() { const trace = other; return () => trace(() => 1); }"],
    ["a function in a function", "function f() { trace(() => 1); function trace() {} }"],
    ["a class", "function f() { trace(() => 1); class trace {} }"],
    ["what is caught", "try {} catch (trace) { trace(() => 1); }"],
    ["a loop's variable", "for (const { trace } of spans) trace(() => 1);"],
    ["a block's variable", "{ const trace = other; trace(() => 1); }"],
    ["the function's own name", "const f = function trace() { trace(() => 1); };"],
    ["a parameter, for a marker call", "function f(trace) { trace({ name: 'g' }); }"],
    ["a parameter named as the namespace", "import * as sw from 'spanwright'; (sw) => { sw.trace(() => 1); };"],
  ])("%s", (_kind, source) => {
    expect(traced(IMPORT + source)).toEqual({ sites: [], codes: [] });
  });

  test("but where it is not hidden", () => {
    const source = "const f = trace(() => 1); function g(trace) { trace(() => 2); }";
    expect(traced(IMPORT + source).sites).toEqual(["f"]);
  });
});

test("literals among its options are known when the file is compiled, code is evaluated where it stands", () => {
  const options = '{ name: "g", spanType: "LLM", inputs: ["a"], attributes: { model } }';
  const result = instrument(`${IMPORT}const f = trace((a, b) => a + b, ${options});`, "src/case.ts");
  expect(result?.sites).toMatchObject([{ name: "f", params: ["a"], options: { name: "g", spanType: "LLM" } }]);
  expect(result?.code).toContain(`( ${options});`);
});

describe("what is wrong with it is said", () => {
  test.each([
    ["const f = trace(() => 1, { nmae: 'g' });", ["SW1003"], ["f"]],
    ["const f = trace(() => 1, { name: 1 });", ["SW1005"], ["f"]],
    ["const f = trace((a) => 1, { inputs: ['b'] });", ["SW1006"], ["f"]],
    ["// @trace\nconst f = trace(Math.pow);", ["SW1002"], []],
    ["// @trace\nconst f = trace(() => 1);", ["SW1014"], ["f"]],
    ["const f = trace(/* @trace */ () => 1);", ["SW1014"], ["f"]],
    ["const f = trace(() => { trace(); });", ["SW1014"], ["f"]],
    ["// @trace off\nconst f = trace(() => 1);", ["SW1013"], []],
    ["// @traced\nconst f = trace(() => 1);", ["SW1012"], ["f"]],
  ])("%j: %j", (source, codes, sites) => {
    expect(traced(IMPORT + source)).toEqual({ sites, codes });
  });
});

test("of marks that give the same option, the nearest to the body counts", () => {
  const source = `${IMPORT}// @trace { name: "comment", root: true, spanType: "TOOL" }
const f = trace(() => { trace({ name: "call" }); }, { name: "wrapper", spanType: "LLM" });`;
  expect(instrument(source, "src/case.ts")?.sites[0]?.options).toEqual({ name: "call", root: true, spanType: "LLM" });
});

test("a mark of the file or the class does not contradict it", () => {
  const source = `// @trace file { spanType: "TOOL" }\n${IMPORT}export const f = trace(() => 1, { name: "g" });`;
  const { sites, diagnostics } = instrument(source, "src/case.ts") ?? {};
  expect(sites?.map(({ options }) => options)).toEqual([{ name: "g", spanType: "TOOL" }]);
  expect(diagnostics).toEqual([]);
});
