import { eachMapping, TraceMap } from "@jridgewell/trace-mapping";
import { expect } from "vitest";
import { findFunctions } from "../../transformer/functions.ts";
import { type InstrumentOptions, type InstrumentResult, instrument } from "../../transformer/instrument.ts";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";

/**
 * Instruments a file and checks what must hold of every result, whatever the file: it parses, its map leads
 * identifiers to themselves, no line moved, its functions are the same ones, and a second run changes nothing.
 */
export function instrumentChecked(code: string, id: string, options: InstrumentOptions = {}): InstrumentResult {
  const result = instrument(code, id, options);
  if (!result) throw new Error(`nothing was instrumented in ${id}`);
  if (result.map === null) {
    expect(result.code).toBe(code);
    return result;
  }
  const parsed = parseWithOxc(result.code, id, "unambiguous");
  expect(parsed.problems, result.code).toEqual([]);
  expectFaithfulMap(code, result);
  expect(functionsOf(result.code, id)).toEqual(functionsOf(code, id));
  expect(instrument(result.code, id, options)).toBeNull();
  return result;
}

/** Kind, name and parameters of every function of a file, in order, but for those the emitter adds. */
function functionsOf(code: string, id: string) {
  const { functions } = findFunctions(parseWithOxc(code, id, "unambiguous"), new Set());
  return functions
    .filter(({ name }) => !name.startsWith("__sw"))
    .map(({ kind, name, qualified, parameters }) => ({ kind, name, qualified, length: parameters.length }));
}

function expectFaithfulMap(code: string, { code: output, map }: InstrumentResult): void {
  const sourceLines = code.split(LINE_BREAK);
  const outputLines = output.split(LINE_BREAK);
  let identifiers = 0;
  eachMapping(new TraceMap(JSON.stringify(map)), ({ generatedLine, generatedColumn, originalLine, originalColumn }) => {
    if (originalLine === null || originalColumn === null) return;
    expect(generatedLine, "a line moved").toBe(originalLine);
    const generated = IDENTIFIER.exec((outputLines[generatedLine - 1] ?? "").slice(generatedColumn))?.[0];
    const original = IDENTIFIER.exec((sourceLines[originalLine - 1] ?? "").slice(originalColumn))?.[0];
    if (generated === undefined || generated.startsWith("__sw") || KEYWORDS.has(generated)) return;
    expect(original, `identifier at ${generatedLine}:${generatedColumn + 1}`).toBe(generated);
    identifiers++;
  });
  expect(identifiers).toBeGreaterThan(0);
}

/** Lines as source maps count them. */
const LINE_BREAK = /\r\n|\n|\r|\u2028|\u2029/;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*/u;
/** Words that stand at a place where something else stood: `if` for a marker call, `const` for `await using`. */
const KEYWORDS = new Set(["if", "const", "using", "void", "return", "import"]);
