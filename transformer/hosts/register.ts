/**
 * `node --import spanwright/register`: the spans are written into files as Node loads them, be they ES modules or
 * CommonJS, JavaScript or TypeScript. Options stand under `spanwright` in the working directory's package.json.
 */

import { createRequire, type LoadHookSync, registerHooks } from "node:module";
import { extname } from "node:path";
import { packageOptions } from "../package-options.ts";

const options = packageOptions(process.cwd());
const looksAtAll = (options.select ?? "marked") !== "marked";
const includesModules = [options.include ?? []].flat().some((glob) => glob.includes("node_modules"));

/** Searched for in a file's bytes, because most files have no mark and need no text. */
const SIGNS = ["@trace", "@Trace", "spanwright"];

const require = createRequire(import.meta.url);

const load: LoadHookSync = (url, context, nextLoad) => {
  const loaded = nextLoad(url, context);
  if (!url.startsWith("file:") || (!includesModules && url.includes("/node_modules/"))) return loaded;
  if (!looksAtAll && !mayHaveMark(loaded.source)) return loaded;
  // The parser is worth its time only now. A hook cannot await, so `import()` will not do.
  const { instrumentLoaded }: typeof import("./register-build.ts") = require(
    `./register-build${extname(import.meta.filename)}`,
  );
  return instrumentLoaded(options, url, loaded);
};

registerHooks({ load });

type Source = ReturnType<LoadHookSync>["source"];

function mayHaveMark(source: Source): boolean {
  if (source === undefined || source === null) return false;
  if (typeof source === "string") return SIGNS.some((sign) => source.includes(sign));
  const bytes = ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source);
  return SIGNS.some((sign) => bytes.includes(sign));
}
