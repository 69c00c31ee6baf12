/**
 * `bun --preload spanwright/register`, or the same under `preload` in bunfig.toml: the spans are written into files
 * as `bun run` and `bun test` load them. Options stand under `spanwright` in the working directory's package.json.
 *
 * Bun runs no CommonJS that a plugin loads, nor can a plugin decline a file. So the files are searched before, and
 * the plugin loads only ES modules that may have a mark.
 */

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { Build, toStderr } from "../build.ts";
import { readText, scriptsBelow } from "../files.ts";
import { hostProblem } from "../host-problems.ts";
import { packageOptions } from "../package-options.ts";
import { buildText, looksLikeCommonJs } from "../text-build.ts";

/**
 * What is used of Bun's global object.
 * @see https://bun.sh/docs/runtime/plugins
 */
declare const Bun: {
  plugin(plugin: { readonly name: string; readonly setup: (build: PluginBuilder) => void }): void;
};

interface PluginBuilder {
  onLoad(
    where: { readonly filter: RegExp },
    load: (file: { readonly path: string }) => { readonly contents: string; readonly loader: string },
  ): void;
}

// By name, because the types of these are not at hand where this package is built.
const TESTS: string = "bun:test";
const RUNTIME: string = "spanwright";

const build = new Build(packageOptions(process.cwd()), "spanwright/register");

const paths = scriptsBelow(build.root).filter(isToBeLoaded);
if (paths.length > 0) {
  Bun.plugin({
    name: "spanwright",
    setup({ onLoad }) {
      const filter = new RegExp(`^(?:${paths.map(escaped).join("|")})$`);
      onLoad({ filter }, ({ path }) => ({ contents: textOf(path), loader: loaderOf(path) }));
    },
  });
  await writeAfterTests();
}

/** `bun test` ends without any event of the process, so what waits to be written is written after the last test. */
async function writeAfterTests(): Promise<void> {
  const { afterAll }: { afterAll(write: () => Promise<void>): void } = await import(TESTS);
  try {
    afterAll(async () => {
      const { flushTraces }: { flushTraces(): Promise<void> } = await import(RUNTIME);
      await flushTraces();
    });
  } catch {
    // Bun throws where there are no tests: `bun run` writes at its exit.
  }
}

function isToBeLoaded(path: string): boolean {
  const code = readText(path) ?? "";
  if (!build.mayTrace(code) || !build.enters(path)) return false;
  if (!/\.c[jt]s$/.test(path) && !looksLikeCommonJs(code)) return true;
  build.problem(hostProblem("SW3011", path), toStderr);
  return false;
}

/** The file with its spans. Bun takes no map here, but no line has moved. */
function textOf(path: string): string {
  const code = readFileSync(path, "utf8");
  return buildText(build, { id: path, code, format: "module" }, toStderr)?.code ?? code;
}

/** Bun's name of a language: `ts`, `tsx`, `js` or `jsx`. Its JavaScript may have JSX in any file. */
function loaderOf(path: string): string {
  const language = extname(path).replace(/^\.[cm]?/, "");
  return language === "js" ? "jsx" : language;
}

function escaped(path: string): string {
  return path.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
