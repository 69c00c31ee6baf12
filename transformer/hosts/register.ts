/**
 * `node --import spanwright/register`: the spans are written into files as Node loads them, be they ES modules or
 * CommonJS, JavaScript or TypeScript. Options stand under `spanwright` in the working directory's package.json.
 */

import { readFileSync } from "node:fs";
import { createRequire, type LoadFnOutput, type LoadHookSync, registerHooks } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildOptions } from "../options.ts";
import { manifestIn } from "../packages.ts";
import { loaderWrapping } from "./extension-loaders.ts";
import { loadHook } from "./load-hook.ts";

const require = createRequire(import.meta.url);
const options = optionsIn(process.cwd());
const instrument = (url: string, loaded: LoadFnOutput) => builder()?.instrumentLoaded(options, url, loaded) ?? loaded;
const hook = loadHook(options, instrument);

const wrapNewLoaders = loaderWrapping(require.extensions, instrumentedText);

const load: LoadHookSync = (...file) => {
  wrapNewLoaders();
  return hook(...file);
};

registerHooks({ load });

/** The text of a CommonJS file with its spans; `undefined` when it has none. */
function instrumentedText(filename: string): string | undefined {
  const loaded: LoadFnOutput = { format: "commonjs", source: readFileSync(filename, "utf8") };
  const url = pathToFileURL(filename).href;
  const { source } = hook(url, { conditions: [], format: "commonjs", importAttributes: {} }, () => loaded);
  return source === loaded.source ? undefined : String(source);
}

/** The project's options. Most have none, and a start is not worth the table of all there are. */
function optionsIn(folder: string): BuildOptions {
  if (manifestIn(folder)?.spanwright === undefined) return {};
  const { packageOptions }: typeof import("../package-options.ts") = required("../package-options");
  return packageOptions(folder);
}

type Builder = typeof import("./register-build.ts");
let isLoadingBuilder = false;

/**
 * Parser and emitter, which are worth their time only once a file may have a mark. `undefined` for the files that
 * they are made of themselves.
 */
function builder(): Builder | undefined {
  if (isLoadingBuilder) return undefined;
  isLoadingBuilder = true;
  try {
    // Node 22 fails to link ES modules that an imported CommonJS file requires while there are hooks. The file will
    // require these; once they are loaded there is nothing to link.
    require("spanwright/runtime");
    require("spanwright");
    return required("./register-build");
  } finally {
    isLoadingBuilder = false;
  }
}

/** A module of the build's. A hook cannot await, so `import()` will not do. */
function required(module: string) {
  return require(`${module}${extname(import.meta.filename)}`);
}
