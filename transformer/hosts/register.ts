/**
 * `node --import spanwright/register`: the spans are written into files as Node loads them, be they ES modules or
 * CommonJS, JavaScript or TypeScript. Options stand under `spanwright` in the working directory's package.json.
 */

import { readFileSync } from "node:fs";
import { createRequire, type LoadFnOutput, type LoadHookSync, registerHooks } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { packageOptions } from "../package-options.ts";
import { loaderWrapping } from "./extension-loaders.ts";
import { loadHook } from "./load-hook.ts";

const require = createRequire(import.meta.url);
const options = packageOptions(process.cwd());
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
    // A hook cannot await, so `import()` will not do.
    return require(`./register-build${extname(import.meta.filename)}`);
  } finally {
    isLoadingBuilder = false;
  }
}
