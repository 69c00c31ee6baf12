/**
 * The runtime for pages and workers: the same modules, but X.browser.js in the place of X.js, and nothing that is
 * not reached from the entries.
 */

import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSync } from "oxc-parser";

const ENTRIES = ["runtime/index.js", "runtime/compiled.js"];

/** Makes `browser/` inside a folder of built modules, and takes the stand-ins out of their own place. */
export function buildBrowserTree(dist: string): void {
  for (const entry of ENTRIES) take(dist, entry);
  for (const standIn of globSync("runtime/**/*.browser.{js,d.ts}", { cwd: dist })) rmSync(join(dist, standIn));
}

function take(dist: string, module: string): void {
  const to = join(dist, "browser", module);
  if (existsSync(to)) return;
  const standIn = join(dist, module.replace(/\.js$/, ".browser.js"));
  const from = existsSync(standIn) ? standIn : join(dist, module);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  copyFileSync(join(dist, module.replace(/\.js$/, ".d.ts")), to.replace(/\.js$/, ".d.ts"));
  for (const imported of importsOf(from)) {
    if (imported.startsWith(".")) take(dist, join(dirname(module), imported));
  }
}

function importsOf(file: string): string[] {
  const code = readFileSync(file, "utf8");
  const { staticImports, staticExports, dynamicImports } = parseSync(file, code).module;
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...dynamicImports.map(({ moduleRequest: { start, end } }) => code.slice(start + 1, end - 1)),
  ];
}
