import { utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKS, type Finding } from "../../cli/doctor/checks.ts";
import { type ExaminedProject, examine } from "../../cli/doctor/examined.ts";
import { openStore } from "../../runtime/delivery/store.ts";
import { instrument } from "../../transformer/instrument.ts";
import { newFolder } from "../store/folder.ts";
import { finishedSpan } from "../store/spans.ts";
import { type Files, folderWith } from "./project.ts";
import { spanwright } from "./spanwright.ts";

/** Packages as an installation leaves them. */
function installed(versions: Readonly<Record<string, string>>): Files {
  return Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [`node_modules/${name}/package.json`, { name, version }]),
  );
}

function findings(check: string, project: ExaminedProject): readonly Finding[] {
  return CHECKS.find(({ name }) => name === check)?.examine(project) ?? [];
}

const codes = (check: string, files: Files, more: Partial<ExaminedProject> = {}) =>
  findings(check, { ...examine(folderWith(files), undefined), ...more }).map(({ code }) => code);

const marked = { "src/add.ts": "// @trace\nexport function add(x: number) { return x + 1; }\n" };
const patched = {
  "tsconfig.json": { compilerOptions: { outDir: "dist", plugins: [{ transform: "spanwright/ts-patch" }] } },
};

test.each([
  ["22.15.1", "SW3520"],
  ["22.16.0", undefined],
  ["24.9.0", undefined],
])("Node %s: %s", (node, code) => {
  expect(codes("node", {}, { node })).toEqual([code]);
});

test.each([
  [undefined, "SW3521"],
  ["3.50.4", "SW3522"],
  ["3.51.2", "SW3522"],
  ["3.44.6", undefined],
  ["3.50.7", undefined],
  ["3.51.3", undefined],
  ["3.53.4", undefined],
])("SQLite %s: %s", (sqlite, code) => {
  expect(codes("sqlite", {}, { sqlite })).toEqual([code]);
});

test.each([
  ["no TypeScript", {}, []],
  ["TypeScript 7 without the plugin", installed({ typescript: "7.0.2" }), [undefined]],
  [
    "TypeScript 7 with the plugin",
    { ...installed({ typescript: "7.0.2", "ts-patch": "4.0.1" }), ...patched },
    ["SW3523"],
  ],
  ["the plugin without ts-patch", { ...installed({ typescript: "6.0.3" }), ...patched }, ["SW3524"]],
  [
    "ts-patch 4 with TypeScript 5.9",
    { ...installed({ typescript: "5.9.3", "ts-patch": "4.0.1" }), ...patched },
    ["SW3524"],
  ],
  [
    "ts-patch 3 with TypeScript 5.9",
    { ...installed({ typescript: "5.9.3", "ts-patch": "3.3.0" }), ...patched },
    [undefined],
  ],
])("%s", (_, files, expected) => {
  expect(codes("typescript", files)).toEqual(expected);
});

test("the plugin is found in what tsconfig.json extends", () => {
  const files = {
    ...installed({ typescript: "7.0.2" }),
    "base/tsconfig.json": patched["tsconfig.json"],
    "tsconfig.json": '{ /* comments, too */ "extends": "./base/tsconfig.json", }',
  };
  expect(codes("typescript", files)).toEqual(["SW3523"]);
});

const api = (folder: string, version: string) => ({
  [`${folder}node_modules/@opentelemetry/api/package.json`]: { name: "@opentelemetry/api", version },
});
const sdk = {
  "package.json": { dependencies: { sdk: "1" } },
  "node_modules/sdk/package.json": { name: "sdk", version: "1.0.0", peerDependencies: { "@opentelemetry/api": "*" } },
};

test.each([
  ["none", {}, ["SW3525"]],
  ["one copy", { ...sdk, ...api("", "1.9.1") }, [undefined]],
  ["two copies", { ...sdk, ...api("", "1.9.1"), ...api("node_modules/sdk/", "1.10.0") }, ["SW3526"]],
])("OpenTelemetry's API: %s", (_, files, expected) => {
  expect(codes("opentelemetry", files)).toEqual(expected);
});

test.each([
  ["no marks", { "src/add.ts": "export const add = 1;" }, [undefined]],
  ["marks and no host", marked, ["SW3527"]],
  ["a plugin", { ...marked, "vite.config.ts": 'import spanwright from "spanwright/vite";' }, [undefined]],
  ["the command", { ...marked, "package.json": { scripts: { build: "spanwright build" } } }, [undefined]],
  ["ts-patch", { ...marked, ...patched }, [undefined]],
  ["ts-patch, which TypeScript keeps from it", { ...marked, ...patched, ...installed({ typescript: "7.0.2" }) }, []],
  ["the command, where ts-patch cannot", { ...marked, ...patched, ...installed({ typescript: "7.0.2" }), "package.json": { scripts: { build: "spanwright build" } } }, [undefined]], // biome-ignore format: one case
  ["a dependency alone", { ...marked, "package.json": { dependencies: { spanwright: "1" } } }, ["SW3527"]],
])("who writes the spans: %s", (_, files, expected) => {
  expect(codes("host", files)).toEqual(expected);
});

test.each([
  ["older than tsconfig.json", -10, ["SW3528"]],
  ["newer", 10, [undefined]],
])("an incremental build %s", (_, seconds, expected) => {
  const { compilerOptions } = patched["tsconfig.json"];
  const folder = folderWith({
    "tsconfig.json": { compilerOptions: { ...compilerOptions, incremental: true } },
    "dist/tsconfig.tsbuildinfo": "{}",
  });
  const project = examine(folder, undefined);
  const at = new Date(Date.now() + seconds * 1000);
  utimesSync(project.tsconfig?.buildInfo ?? "", at, at);
  expect(findings("incremental", project).map(({ code }) => code)).toEqual(expected);
});

test.each([
  ["with spans", instrument("// @trace\nexport function add(x) { return x + 1; }", "add.js")?.code ?? "", [undefined]],
  ["without", "export function add(x) { return x + 1; }", ["SW3529"]],
])("a build %s", (_, code, expected) => {
  expect(codes("output", { ...marked, ...patched, "dist/add.js": code })).toEqual(expected);
});

test("a store that is none is a problem with the store's own code", () => {
  expect(codes("store", { ".spanwright/traces.db": "no database at all, but long enough to be looked at" })).toEqual([
    "SW2002",
  ]);
});

test("the report names every finding and its remedy, and the exit code says whether to act", () => {
  const folder = folderWith({ ...marked, ...api("", "1.9.1") });
  const store = openStore(join(folder, ".spanwright/traces.db"));
  store.write([finishedSpan({})]);
  store.close();
  const { status, stdout } = spanwright(folder, ["doctor"]);
  expect(stdout).toContain("✗ SW3527: 1 file with marks, src/add.ts for one");
  expect(stdout).toContain("npx spanwright build");
  expect(stdout).toContain("✓ .spanwright/traces.db holds traces");
  expect(status).toBe(1);
  writeFileSync(join(folder, "vite.config.js"), 'import spanwright from "spanwright/vite";');
  expect(spanwright(folder, ["doctor"]).status).toBe(0);
  const found: { check: string; says: string }[] = JSON.parse(spanwright(folder, ["doctor", "--json"]).stdout);
  expect(found.map(({ check, says }) => `${check} ${says}`)).toContain("host fine");
});

test("a folder that is none is refused", () => {
  const { status, stderr } = spanwright(newFolder(), ["doctor", "missing"]);
  expect(status).toBe(1);
  expect(stderr).toContain("SW3530");
});
