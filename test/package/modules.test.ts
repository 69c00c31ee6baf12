import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";

const dist = join(import.meta.dirname, "../../dist");

/** What each built ES module imports, `import()` with a literal included: paths in `dist/`, or names of packages. */
const imports = new Map(
  globSync("{runtime,transformer,cli}/**/*.js", { cwd: dist }).map((file) => [file, importsOf(file)]),
);

test("the runtime imports nothing but itself and the OpenTelemetry API", () => {
  const foreign = edges("runtime").filter(([, to]) => !to.startsWith("runtime/") && to !== "@opentelemetry/api");
  expect(edges("runtime")).not.toEqual([]);
  expect(foreign).toEqual([]);
});

test("the runtime for pages and workers imports none of Node's modules, and nothing of the store", () => {
  const modules = globSync("browser/**/*.js", { cwd: dist });
  const foreign = modules
    .flatMap((file) => importsOf(file))
    .filter((to) => !/^(browser\/runtime\/|@opentelemetry\/api$)/.test(to));
  expect(modules).toContain("browser/runtime/delivery/fetch-carriage.js");
  expect(modules.filter((file) => /sqlite|schema|store-outbox|node-carriage|\.browser\./.test(file))).toEqual([]);
  expect(foreign).toEqual([]);
});

test("the transformer imports nothing of the runtime or the command", () => {
  expect(edges("transformer").filter(([, to]) => /^(runtime|cli)\//.test(to))).toEqual([]);
});

test("no module imports itself by way of others", () => {
  const inCycle = [...imports.keys()].filter((file) => reached(file).has(file));
  expect(inCycle).toEqual([]);
});

function edges(folder: string): [from: string, to: string][] {
  return [...imports]
    .filter(([file]) => file.startsWith(`${folder}/`))
    .flatMap(([file, targets]) => targets.map((to): [string, string] => [file, to]));
}

function reached(from: string, seen = new Set<string>()): Set<string> {
  for (const to of imports.get(from) ?? []) {
    if (seen.has(to)) continue;
    seen.add(to);
    reached(to, seen);
  }
  return seen;
}

function importsOf(file: string): string[] {
  const code = readFileSync(join(dist, file), "utf8");
  const { module } = parseSync(file, code);
  const specifiers = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((entry) => entry.entries.flatMap((each) => each.moduleRequest?.value ?? [])),
    ...module.dynamicImports.flatMap(
      ({ moduleRequest: { start, end } }) => /^["'](.*)["']$/.exec(code.slice(start, end))?.[1] ?? [],
    ),
  ];
  return specifiers.map((specifier) =>
    specifier.startsWith(".") ? relative(dist, join(dist, dirname(file), specifier)) : specifier,
  );
}
