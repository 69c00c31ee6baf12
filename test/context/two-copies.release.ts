import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { installed } from "../installed.ts";
import { fitting, observe, type PackageSet, programsWith } from "./matrix.ts";

/** The program has one copy of OpenTelemetry's API, and spanwright loads another one. */
const [otel2, otel3] = [installed("otel2"), installed("otel3")];
const OLDER_PROGRAM: PackageSet = { folder: otel2, apiOfSpanwright: otel3, offers: ["storage"] };
const NEWER_PROGRAM: PackageSet = { folder: otel3, apiOfSpanwright: otel2, offers: ["storage"] };

const OWN = "the runtime's own manager and provider";
const SDK = "the standard manager and the SDK's provider";
const STANDARD = "the standard manager";

describe.each([
  { programs: "1.9", set: OLDER_PROGRAM, combination: SDK, reported: /two copies.*registered with version 1\.9\.\d/ },
  { programs: "1.9", set: OLDER_PROGRAM, combination: OWN, reported: undefined },
  { programs: "1.10", set: NEWER_PROGRAM, combination: SDK, reported: undefined },
])("a program with API $programs, spanwright with the other one, $combination", ({ set, combination, reported }) => {
  const { observed, stderr } = outcomeOf(set, combination);

  test.each(fitting(set.offers))("$name", ({ name, notes, spans }) => {
    expect(observed[name]).toEqual({ notes, spans });
  });

  test("the two copies are reported once if something is lost by them", () => {
    expect(reports(stderr)).toEqual(reported === undefined ? [] : [expect.stringMatching(reported)]);
  });
});

test.each([
  { case: "only spanwright registers", set: NEWER_PROGRAM, combination: OWN, reported: /spanwright loads version 1\.9\.\d, and the program has 1\.10\.\d/ }, // biome-ignore format: a table
  { case: "the newer copy has registered a manager", set: NEWER_PROGRAM, combination: STANDARD, reported: /registered with version 1\.10\.\d/ }, // biome-ignore format: a table
  { case: "the older copy has registered a manager", set: OLDER_PROGRAM, combination: STANDARD, reported: /registered with version 1\.9\.\d/ }, // biome-ignore format: a table
])("where spans of the program are lost because $case, it is said once", ({ set, combination, reported }) => {
  const { observed, stderr } = outcomeOf(set, combination);
  expect(reports(stderr)).toEqual([expect.stringMatching(reported)]);
  // Traced functions are recorded all the same.
  expect(observed["siblings side by side"]?.spans).toContain("later < plain");
});

function outcomeOf(set: PackageSet, combination: string) {
  const folder = programsWith(set);
  try {
    return observe(process.execPath, folder, combination, set.offers);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function reports(stderr: string): string[] {
  return stderr.split("\n").filter((line) => line !== "");
}
