/** The source map that a compiler wrote for a script, beside it or in it. */

import { dirname, join, resolve } from "node:path";
import { readText } from "./files.ts";

/** A script, apart from the reference to its map. */
export interface MappedScript {
  /** The text without the reference. */
  readonly code: string;
  /** The map as JSON text; `undefined` when there is none. */
  readonly map: string | undefined;
  /** Where the map stands; `undefined` when it stands in the script. */
  readonly mapPath: string | undefined;
  /** The reference, as the script ends with it. */
  readonly reference: string;
}

const REFERENCE = /\n?\/\/[#@] sourceMappingURL=(\S+)\s*$/;
const DATA = /^data:application\/json[^,]*?(;base64)?,(.*)$/s;

/** Takes a script and its map apart. */
export function readMapped(path: string, text: string): MappedScript {
  const [reference = "", url = ""] = REFERENCE.exec(text) ?? [];
  const code = text.slice(0, text.length - reference.length);
  const [data, base64, content = ""] = DATA.exec(url) ?? [];
  if (data !== undefined) {
    const map = base64 ? Buffer.from(content, "base64").toString() : decodeURIComponent(content);
    return { code, map, mapPath: undefined, reference };
  }
  // With `mapRoot` the reference names a server; the file still stands beside the script.
  const mapPath =
    url === "" ? undefined : [resolve(dirname(path), url), `${path}.map`].find((place) => readText(place));
  return { code, map: mapPath && readText(mapPath), mapPath, reference };
}

/** A script and its map with another text, as they are written. Without a map, `null`, the reference stays as it was. */
export function joinMapped(
  { reference, mapPath }: MappedScript,
  code: string,
  map: object | null,
): { readonly text: string; readonly map: string | undefined } {
  if (map === null || mapPath !== undefined)
    return { text: `${code.trimEnd()}${reference || "\n"}`, map: map === null ? undefined : JSON.stringify(map) };
  return { text: withInlineMap(code.trimEnd(), map), map: undefined };
}

/** A text with its map in its last line. */
export function withInlineMap(code: string, map: object): string {
  const data = Buffer.from(JSON.stringify(map)).toString("base64");
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${data}\n`;
}

/** The one file a map leads to, absolute; `undefined` when it leads to none or to several. */
export function sourceOf(path: string, { map, mapPath }: MappedScript): string | undefined {
  if (map === undefined) return undefined;
  const { sources, sourceRoot } = parsed(map);
  if (!Array.isArray(sources) || sources.length !== 1) return undefined;
  const source = String(sources[0]);
  const root = typeof sourceRoot === "string" && !/^\w{2,}:/.test(sourceRoot) ? sourceRoot : "";
  return resolve(dirname(mapPath ?? path), join(root, source));
}

function parsed(map: string): { readonly sources?: unknown; readonly sourceRoot?: unknown } {
  try {
    const value: unknown = JSON.parse(map);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    // Chaining it says what is wrong with it.
    return {};
  }
}
