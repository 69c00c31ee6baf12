/** The map that came in with a text that something made, and the way through it to what the text was made of. */
import { decodedMappings, FlattenMap, type SourceMapSegment, type TraceMap } from "@jridgewell/trace-mapping";
import { SourceMap } from "magic-string";
import { reasonOf } from "./host-problems.ts";

/** A map that can be read. */
export type InputMap = TraceMap;

/**
 * @param given an object, or its JSON text
 * @returns the map, or in words why it cannot be read
 */
export function readInputMap(given: unknown): InputMap | string {
  try {
    const map: unknown = typeof given === "string" ? JSON.parse(given) : given;
    return isMap(map) ? new FlattenMap(map) : "it is no source map of version 3";
  } catch (error) {
    return reasonOf(error);
  }
}

type Map = ConstructorParameters<typeof FlattenMap>[0] & object;

function isMap(value: unknown): value is Map {
  if (typeof value !== "object" || value === null || !("version" in value) || Number(value.version) !== 3) return false;
  return "sections" in value || ("mappings" in value && "sources" in value && Array.isArray(value.sources));
}

/**
 * The map from a text to what the one that came in was made of. As no line moves, and within a piece of the text all
 * columns move alike, the places that `input` knows are moved with their pieces.
 *
 * @param pieces of each line, where a piece of the text that came in begins, and where it began there
 */
export function throughInput(pieces: readonly (readonly SourceMapSegment[])[], input: InputMap): SourceMap {
  const known = decodedMappings(input);
  const { resolvedSources: sources, sourcesContent = [], names } = input;
  const mappings = pieces.map((line, index) => throughLine(line.filter(leads), known[index] ?? []));
  return new SourceMap({ sources, sourcesContent, names, mappings });
}

type Leading = Exclude<SourceMapSegment, readonly [number]>;

function leads(segment: SourceMapSegment): segment is Leading {
  return segment.length > 1;
}

function throughLine(pieces: readonly Leading[], known: readonly SourceMapSegment[]): SourceMapSegment[] {
  const found: SourceMapSegment[] = [];
  let at = 0;
  for (const [index, [start, , , from]] of pieces.entries()) {
    const [end = Number.POSITIVE_INFINITY, , , to = Number.POSITIVE_INFINITY] = pieces[index + 1] ?? [];
    while (at < known.length && known[at]![0] <= from) at++;
    const around = known[at - 1];
    if (around) found.push(moved(around, start));
    for (; at < known.length && known[at]![0] < to; at++) {
      const segment = known[at]!;
      // What was taken out of the text has no place in it.
      const column = start + segment[0] - from;
      if (column < end) found.push(moved(segment, column));
    }
  }
  return found;
}

function moved(segment: SourceMapSegment, column: number): SourceMapSegment {
  const [, ...place] = segment;
  return [column, ...place] as SourceMapSegment;
}
