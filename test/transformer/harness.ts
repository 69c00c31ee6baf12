import { expect } from "vitest";
import { integrityProblems } from "../../tools/exact/integrity.ts";
import { type InstrumentOptions, type InstrumentResult, instrument } from "../../transformer/instrument.ts";

/** Instruments a file and checks what must hold of every result, whatever the file. */
export function instrumentChecked(code: string, id: string, options: InstrumentOptions = {}): InstrumentResult {
  const result = instrument(code, id, options);
  if (!result) throw new Error(`nothing was instrumented in ${id}`);
  expect(integrityProblems(code, id, options, result), result.code).toEqual([]);
  return result;
}
