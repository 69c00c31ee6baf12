/**
 * The source map for whoever counts by it which parts of a file have run: statements that were added lead
 * nowhere, so that they do not count.
 */
import remapping, { type SourceMapSegment } from "@jridgewell/remapping";
import { SourceMap } from "magic-string";
import { type AddedStatement, addedStatements } from "./emit/snippets.ts";

/**
 * @param code a file with spans, in which no line has moved
 * @param map leads from it to the file as it was
 */
export function coveredMap(code: string, map: object): SourceMap {
  const {
    sources,
    sourcesContent = [],
    names,
    mappings,
  } = remapping(JSON.stringify(map), () => null, {
    decodedMappings: true,
  });
  const lines = [...mappings].map((segments) => (typeof segments === "string" ? [] : [...segments]));
  for (const [line, text] of code.split("\n").entries()) {
    for (const added of addedStatements(text)) lines[line] = leadingNowhere(added, lines[line] ?? []);
  }
  return new SourceMap({ sources: sources.map(String), sourcesContent, names, mappings: lines, file: "" });
}

function leadingNowhere({ is, start, end }: AddedStatement, segments: readonly SourceMapSegment[]): SourceMapSegment[] {
  const before = segments.filter(([column]) => column < start);
  const after = segments.filter(([column]) => column >= end);
  const [last, next] = [before.findLast(leads), after.find(leads)];
  // Every column, because whoever finds nothing at one looks at the next.
  const nowhere = (from: number) =>
    Array.from({ length: end - from }, (_, column): SourceMapSegment => [from + column]);
  switch (is) {
    // What is returned was an expression that stood for itself.
    case "opened expression":
      return [...before, ...nowhere(start), ...moved(next, end), ...after];
    // The brace ends the block of the `try`, and what stands in it.
    case "closed":
      return [...before, ...moved(last ?? next, start), ...nowhere(start + 1), ...after];
    case "closed expression":
      return [...before, ...moved(last, start), ...nowhere(start + 1), ...moved(last, end), ...after];
    default:
      return [...before, ...nowhere(start), ...after];
  }
}

function leads(segment: SourceMapSegment): boolean {
  return segment.length > 1;
}

/** A segment of the same place in the source for another column. */
function moved(segment: SourceMapSegment | undefined, column: number): SourceMapSegment[] {
  return segment === undefined || segment.length === 1 ? [] : [[column, segment[1], segment[2], segment[3]]];
}
