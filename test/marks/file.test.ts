import { describe, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";
import { instrumentWithTypeScript } from "./traced.ts";

/** `// @trace file` at the head of a file, and `select: "exported"`: every function the file exports. */

const EXPORTS: Readonly<Record<string, readonly [source: string, names: readonly string[]]>> = {
  "an exported declaration": ["export function f() {} function g() {}", ["f"]],
  "an exported constant": ["export const f = () => 1, g = async function () {}, h = wrap(() => 1);", ["f", "g"]],
  "a constant in parentheses and asserted": ["export const f = ((() => 1) as F)!;", ["f"]],
  "a default function": ["export default function f() {}", ["f"]],
  "a default function without a name": ["export default function () {}", ["default"]],
  "a default arrow": ["export default async () => 1;", ["default"]],
  "a default name": ["const f = () => 1; export default f;", ["f"]],
  "the members of a default object": [
    "export default { f() {}, g: () => 1, get h() { return 1 }, i: 1 };",
    ["default.f", "default.g"],
  ],
  "names of the file": ["function f() {} const g = () => 1; let h = 1; export { f, g as renamed, h };", ["f", "g"]],
  "names before they are declared": ["export { f as default }; function f() {}", ["f"]],
  "methods of an exported class": [
    "export class A { constructor() {} f() {} static g() {} #h() {} get i() { return 1 } j = () => 1 } class B { f() {} }",
    ["A.f", "A.g", "A.#h"],
  ],
  "methods of a class exported by name": [
    "class A { f() {} } const B = class { g() {} }; export { A, B };",
    ["A.f", "B.g"],
  ],
  "methods of a default class": ["export default class { f() {} }", ["default.f"]],
  "not functions inside of functions": ["export function f() { const g = () => 1; return function h() {}; }", ["f"]],
  "not what another module has": ["function f() {} export { f } from './other.js'; export * from './more.js';", []],
  "not a name of an inner scope": ["{ function f() {} } const f = 1; export { f };", []],
};

const COMMONJS: Readonly<Record<string, readonly [source: string, names: readonly string[]]>> = {
  "module.exports as a function": ["module.exports = function f() {};", ["f"]],
  "module.exports as an object": [
    "function f() {} const g = () => 1; module.exports = { f, renamed: g, h() {}, i: async () => 1, get j() { return 1 }, k: 1, ...more };",
    ["f", "g", "exports.h", "exports.i"],
  ],
  "members of exports": [
    "exports.f = () => 1; module.exports.g = function () {}; const h = () => 1; exports.i = h;",
    ["f", "g", "h"],
  ],
  "several names for one": [
    "exports.f = exports.g = () => 1; module.exports = exports = { h() {} };",
    ["g", "exports.h"],
  ],
  "a class": ["module.exports = class A { f() {} };", ["A.f"]],
  "not what is exported elsewhere": ["module.exports.inner.f = () => 1; other.exports = { g() {} };", []],
};

describe.each(["`// @trace file`", '`select: "exported"`'])("%s traces", (way) => {
  const [head, select] = way.includes("file") ? (["// @trace file\n", "marked"] as const) : (["", "exported"] as const);

  test.each([
    ...Object.entries(EXPORTS).map(([behaviour, row]) => [behaviour, "src/case.ts", ...row] as const),
    ...Object.entries(COMMONJS).map(([behaviour, row]) => [behaviour, "src/case.cjs", ...row] as const),
    ["export = ", "src/case.cts", "function f() {} export = { f, g() {} };", ["f", "g"]] as const,
  ])("%s (%s)", (_behaviour, id, source, names) => {
    for (const run of [instrument, instrumentWithTypeScript]) {
      const sites = run(head + source, id, { select })?.sites ?? [];
      expect(sites.map(({ name, qualified = name }) => qualified)).toEqual(names);
    }
  });
});

test("its options are those of every function; what stands nearer says more", () => {
  const source = `#!/usr/bin/env node
/* @trace file { spanType: "TOOL", attributes: { a: 1 } } */
import "./other.js";
export function plain() {}
// @trace { name: "own" }
export function own() {}
// @trace off
export function off() {}
// @trace { root: true }
export class Marked { m() {} }
export class Plain {
  m() {}
  // @trace off
  off() {}
}`;
  const { sites = [], diagnostics } = instrument(source, "src/case.ts") ?? {};
  const shared = { spanType: "TOOL", attributes: { a: 1 } };
  expect(sites.map(({ name, qualified = name, options }) => [qualified, options])).toEqual([
    ["plain", shared],
    ["own", { name: "own" }],
    ["Marked.m", { root: true }],
    ["Plain.m", shared],
  ]);
  expect(diagnostics).toEqual([]);
});

test("`inputs` names the parameters of those functions that have them", () => {
  const source = "// @trace file { inputs: ['a'] }\nexport function f(a, b) {}\nexport function g(b) {}";
  const { sites = [], diagnostics } = instrument(source, "src/case.ts") ?? {};
  expect(sites.map(({ params }) => params)).toEqual([["a"], undefined]);
  expect(diagnostics).toEqual([]);
});

test.each([
  ["import './a.js';\n// @trace file\nexport function f() {}", "SW1010"],
  ["'use strict';\n// @trace file\nfunction f() {}", "SW1011"],
  ["// @trace file all\nexport function f() {}", "SW1007"],
  ["// @trace file { nmae: 'a' }\nexport function f() {}", "SW1003"],
  ["// @trace { name: 'a' }\nclass A { f() {} g() {} }", "SW1005"],
  ["// @trace file { name: 'a' }\nexport function f() {}", "SW1005"],
])("%j: %s", (source, code) => {
  expect(instrument(source, "src/case.ts")?.diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
});
