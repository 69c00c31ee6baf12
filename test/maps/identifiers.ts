/** What the identifiers of compiled code say of its source map. */

import remapping from "@jridgewell/remapping";
import { decodedMappings, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/** The identifiers of an output that its source map leads somewhere, each as `name line:column` of that place. */
export interface Identifiers {
  /** Those that stand in the source where the map leads. */
  readonly right: ReadonlySet<string>;
  /** Those that do not. */
  readonly wrong: ReadonlySet<string>;
}

/** @param map the source map from `code` to `source`, as JSON */
export function identifiersOf(source: string, code: string, map: string): Identifiers {
  const exact = new TraceMap(map);
  return sorted(source, code, exact, exact, () => true);
}

/**
 * The same of traced text that was compiled; what tracing added is left out.
 *
 * @param compiled the source map from `code` to the traced text, as JSON
 * @param traced the source map from there to `source`, as JSON
 */
export function identifiersThrough(source: string, code: string, compiled: string, traced: string): Identifiers {
  const composed = new TraceMap(remapping([compiled, traced], () => null).toString());
  const kept = new Set(
    decodedMappings(new TraceMap(traced)).flatMap((segments, line) => segments.map(([column]) => `${line}:${column}`)),
  );
  return sorted(source, code, new TraceMap(compiled), composed, (line, column) => kept.has(`${line}:${column}`));
}

/**
 * @param compiled says where identifiers stand in `code`
 * @param map says where they come from
 * @param isKept whether a place in what was compiled is the program's own
 */
function sorted(
  source: string,
  code: string,
  compiled: TraceMap,
  map: TraceMap,
  isKept: (line: number, column: number) => boolean,
): Identifiers {
  const [sourceLines, lines] = [linesOf(source), linesOf(code)];
  const found = { right: new Set<string>(), wrong: new Set<string>() };
  for (const [index, segments] of decodedMappings(compiled).entries()) {
    for (const segment of segments) {
      const name = identifierAt(lines[index], segment[0]);
      if (name === undefined || segment.length === 1 || !isKept(segment[2], segment[3])) continue;
      const { line, column } = originalPositionFor(map, { line: index + 1, column: segment[0] });
      const isRight = line !== null && identifierAt(sourceLines[line - 1], column) === name;
      found[isRight ? "right" : "wrong"].add(`${name} ${line}:${column}`);
    }
  }
  return found;
}

/** Lines as source maps count them. */
function linesOf(text: string): string[] {
  return text.split(/\r\n|\n|\r|\u2028|\u2029/);
}

function identifierAt(line: string | undefined, column: number): string | undefined {
  const word = WORD.exec((line ?? "").slice(column, column + LONGEST))?.[0];
  return word === undefined || word.startsWith("__sw") || KEYWORDS.has(word) ? undefined : word;
}

const WORD = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u;
const LONGEST = 100;

/** Words that can stand where another one stood. */
const KEYWORDS = new Set(["async", "await", "catch", "const", "finally", "function", "if", "import", "let", "return", "throw", "try", "using", "var", "void", "yield"]); // biome-ignore format: a list
