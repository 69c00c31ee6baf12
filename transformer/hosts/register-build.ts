/** What `spanwright/register` does with a file that may have a mark. */

import type { LoadFnOutput } from "node:module";
import { dirname, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Build, toStderr } from "../build.ts";
import type { BuildOptions } from "../options.ts";
import { readMapped, withInlineMap } from "../script-map.ts";
import { buildText, formatByPackage } from "../text-build.ts";

let build: Build | undefined;

/** The file with its spans, and its map in it; or as it was loaded, when it has no mark or a wrong one. */
export function instrumentLoaded(options: BuildOptions, url: string, loaded: LoadFnOutput): LoadFnOutput {
  const { source } = loaded;
  if (source === undefined) return loaded;
  build ??= new Build(options, "spanwright/register");
  const path = fileURLToPath(url);
  const script = readMapped(path, typeof source === "string" ? source : new TextDecoder().decode(source));
  const file = { id: path, code: script.code, format: formatOf(loaded.format, path), inputMap: script.map };
  const output = buildText(build, file, toStderr);
  if (output === null) return loaded;
  const mapFolder = dirname(script.mapPath ?? path);
  // Relative to the file, which Deno needs; Node takes URLs, too.
  const sources = output.map.sources.map((from) => from && relative(dirname(path), resolve(mapFolder, from)));
  return { ...loaded, source: withInlineMap(output.code, { ...output.map, sources: sources.map(withSlashes) }) };
}

function withSlashes(path: string | null): string | null {
  return path?.split(sep).join("/") ?? null;
}

/** Node's own name of a format: `module`, `commonjs-typescript` …; none where it decides by the file's syntax. */
function formatOf(format: LoadFnOutput["format"], path: string): "module" | "commonjs" {
  if (format?.startsWith("module")) return "module";
  return format?.startsWith("commonjs") ? "commonjs" : formatByPackage(path);
}
