/** The hook by which `spanwright/register` sees the files that are loaded. */

import type { LoadFnOutput, LoadHookSync } from "node:module";
import type { BuildOptions } from "../options.ts";
import { includesModules, mayHaveMark, tracesMarkedOnly } from "../scan.ts";

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
    return looksAtAll || isMarked(loaded.source) ? instrument(url, loaded) : loaded;
  };
}

function isMarked(source: LoadFnOutput["source"]): boolean {
  if (source === undefined || source === null) return false;
  if (typeof source === "string") return mayHaveMark(source);
  const bytes = ArrayBuffer.isView(source)
    ? Buffer.from(source.buffer, source.byteOffset, source.byteLength)
    : Buffer.from(source);
  // A mark is ASCII, and most files have none: their text is not worth decoding.
  return mayHaveMark(bytes.toString("latin1"));
}
