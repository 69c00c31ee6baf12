/**
 * `bun --preload spanwright/register`, or the same under `preload` in bunfig.toml: the spans are written into files
 * as `bun run` and `bun test` load them. Bun takes no maps here, but no line moves. Options stand under `spanwright`
 * in the working directory's package.json.
 */

import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { Build, type Report } from "../build.ts";
import { packageOptions } from "../package-options.ts";
import { buildText, formatByPackage } from "../text-build.ts";

/**
 * What is used of Bun's global object.
 * @see https://bun.sh/docs/runtime/plugins
 */
interface Bun {
  plugin(plugin: { readonly name: string; readonly setup: (build: PluginBuilder) => void }): void;
}

interface PluginBuilder {
  onLoad(
    where: { readonly filter: RegExp },
    load: (file: { readonly path: string }) => { readonly contents: string; readonly loader: string },
  ): void;
}

declare const Bun: Bun;

const options = packageOptions(process.cwd());
const build = new Build(options, "spanwright/register");
const report: Report = (message) => console.error(message);

Bun.plugin({
  name: "spanwright",
  setup({ onLoad }) {
    onLoad({ filter: /^(?!.*[\\/]node_modules[\\/]).*\.[cm]?[jt]sx?$/ }, ({ path }) => {
      const code = readFileSync(path, "utf8");
      const output = buildText(build, { id: path, code, format: formatByPackage(path) }, report);
      return { contents: output?.code ?? code, loader: loaderOf(path) };
    });
  },
});

/** Bun's name of a language: `ts`, `tsx`, `js` or `jsx`. Its JavaScript may have JSX in any file. */
function loaderOf(path: string): string {
  const language = extname(path).replace(/^\.[cm]?/, "");
  return language === "js" ? "jsx" : language;
}
