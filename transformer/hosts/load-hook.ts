/** The hook by which `spanwright/register` sees the files that are loaded. */

import type { LoadFnOutput, LoadHookSync } from "node:module";
import { type BuildOptions, includesModules, tracesMarkedOnly } from "../options.ts";

/** Searched for in a file's bytes, because most files have no mark and need no text. */
const SIGNS = ["@trace", "@Trace", "spanwright"];

/** A hook that hands the files that may be traced to `instrument`, and all others on as they are. */
export function loadHook(
  options: BuildOptions,
  instrument: (url: string, loaded: LoadFnOutput) => LoadFnOutput,
): LoadHookSync {
  const looksAtAll = !tracesMarkedOnly(options);
  const looksAtModules = includesModules(options);
  return (url, context, nextLoad) => {
    const loaded = nextLoad(url, context);
    if (!url.startsWith("file:") || (!looksAtModules && url.includes("/node_modules/"))) return loaded;
    return looksAtAll || mayHaveMark(loaded.source) ? instrument(url, loaded) : loaded;
  };
}

function mayHaveMark(source: LoadFnOutput["source"]): boolean {
  if (source === undefined || source === null) return false;
  if (typeof source === "string") return SIGNS.some((sign) => source.includes(sign));
  const bytes = ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source);
  return SIGNS.some((sign) => bytes.includes(sign));
}
