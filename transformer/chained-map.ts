import remapping, { type SourceMap, type SourceMapInput } from "@jridgewell/remapping";
import type { SourceMap as MagicStringMap } from "magic-string";
import { reasonOf } from "./host-problems.ts";

/** A source map as hosts take it. */
export type ChainedMap = SourceMap;

/**
 * The map from a text to the sources of the text it was made of.
 *
 * @param map leads from the text to what came in
 * @param input the map that came in: an object, or its JSON text
 * @returns the chained map, or in words why the one that came in cannot be read
 */
export function chainedMap(map: MagicStringMap, input: unknown): ChainedMap | string {
  try {
    const incoming: unknown = typeof input === "string" ? JSON.parse(input) : input;
    if (!isMap(incoming)) return "it is no source map of version 3";
    const { sources, names, mappings } = map;
    return remapping([{ version: 3, sources, names, mappings }, incoming], () => null);
  } catch (error) {
    return reasonOf(error);
  }
}

function isMap(value: unknown): value is SourceMapInput & object {
  if (typeof value !== "object" || value === null || !("version" in value) || Number(value.version) !== 3) return false;
  return "sections" in value || ("mappings" in value && "sources" in value && Array.isArray(value.sources));
}
