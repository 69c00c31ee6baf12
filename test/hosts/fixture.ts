/** The one fixture that every host builds and runs, and what must come of it everywhere. */

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTraces, spansOf } from "../examples/traces.ts";

const root = join(import.meta.dirname, "../..");
const source = join(root, "test/fixtures/hosts");

/** A copy of the fixture, in the repository, where it finds the package by its name. */
export function fixtureCopy(name: string): string {
  const parent = join(root, "test/.tmp");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, `${name.replaceAll(/\W+/g, "-")}-`));
  cpSync(source, folder, { recursive: true });
  return folder;
}

/** What the fixture prints untraced, from `main.ts` on; the frames of its error's stack are a question of their own. */
export const OUTPUT = ["total 60", "RangeError: no credit for ada", "untouched 40"];

/** What `page.tsx` prints. */
export const PAGE_OUTPUT = "<h1>shop</h1>";

/** What `legacy.cts` prints. */
export const LEGACY_OUTPUT = ["2", "RangeError: above 100"];

/** The lines of an output that are no frames. */
export function linesOf(stdout: string): string[] {
  return stdout.split("\n").filter((line) => line !== "" && !/^\s+at /.test(line));
}

/** Where the fixture's error is thrown, as a stack says it: `shop.ts:19:21`. */
export const THROWN_AT = placeOf("shop.ts", "new RangeError");

/** Where the error of `legacy.cts` is thrown. */
export const LEGACY_THROWN_AT = placeOf("legacy.cts", "new RangeError");

function placeOf(file: string, text: string): string {
  const lines = readFileSync(join(source, "src", file), "utf8").split("\n");
  const line = lines.findIndex((candidate) => candidate.includes(text));
  return `${file}:${line + 1}:${(lines[line]?.indexOf(text) ?? 0) + 1}`;
}

/** The spans of `main.ts`: path of names, type, status; in the order of their text. */
export const SPANS = [
  "main > cart total UNKNOWN OK",
  "main > prices UNKNOWN OK",
  "main > refuse TOOL ERROR",
  "main UNKNOWN OK",
];

/** The span of `page.tsx`. */
export const PAGE_SPAN = "Page UNKNOWN OK";

/** The spans of `legacy.cts`. */
export const LEGACY_SPANS = ["legacy > half UNKNOWN OK", "legacy UNKNOWN ERROR", "legacy UNKNOWN OK"];

/** The spans in a store, in the order of their text. */
export function recordedSpans(store: string): string[] {
  const spans = readTraces(store).flatMap(spansOf);
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const pathOf = (id: string | undefined): string => {
    const span = id === undefined ? undefined : byId.get(id);
    if (!span) return "";
    const above = pathOf(span.parentId);
    return above === "" ? span.name : `${above} > ${span.name}`;
  };
  return spans.map((span) => `${pathOf(span.spanId)} ${span.spanType} ${span.status}`).sort();
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a folder, as a process without the environment of the tests; never rejects. */
export function run(cwd: string, program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const { NODE_ENV: _, NODE_OPTIONS: __, VITEST: ___, ...inherited } = process.env;
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { cwd, env: { ...inherited, NO_COLOR: "1", ...env }, maxBuffer: 1e8 },
      (_error, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}
