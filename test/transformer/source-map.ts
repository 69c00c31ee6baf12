import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";

/** The identifiers of an output that its source map leads somewhere; what was added left out. */
export interface MappedIdentifiers {
  /** Those that stand in the source where the map leads, with that place. */
  readonly right: readonly string[];
  /** Those that do not. */
  readonly wrong: readonly string[];
}

export function mappedIdentifiers(source: string, code: string, map: string): MappedIdentifiers {
  const sourceLines = source.split(/\r?\n/);
  const lines = code.split("\n");
  const found = { right: new Set<string>(), wrong: new Set<string>() };
  eachMapping(new TraceMap(map), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    const name = identifierAt(lines[generatedLine - 1], generatedColumn);
    if (name === undefined || name.startsWith("__sw") || KEYWORDS.has(name) || originalLine === null) return;
    const isRight = identifierAt(sourceLines[originalLine - 1], originalColumn) === name;
    found[isRight ? "right" : "wrong"].add(`${name} ${originalLine}:${originalColumn}`);
  });
  return { right: [...found.right].sort(), wrong: [...found.wrong].sort() };
}

function identifierAt(line: string | undefined, column: number): string | undefined {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u.exec((line ?? "").slice(column))?.[0];
}

/** Words that begin statements, as they begin those that are added. */
const KEYWORDS = new Set(["catch", "const", "finally", "function", "if", "import", "return", "throw", "try", "var"]);
