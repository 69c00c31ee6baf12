/**
 * Traces every function of a folder's copy, checks the result file by file, and compares a command run in
 * both. `npm run exact -- <folder> [--out <folder>] [--dependencies] [--run "<command>" [--count]]`
 */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Comparison, compareRuns } from "./exact/comparison.ts";
import { counted, inStore } from "./exact/recording.ts";
import { type TreeReport, traceTree } from "./exact/tree.ts";

const USAGE = `npm run exact -- <folder> [options]

Traces every function of the folder's source files in a copy of it, and checks what came out. Ends with 1 when
something is wrong.

  --out <folder>     where the copy goes; a temporary folder when absent
  --dependencies     traces the files of node_modules as well
  --run "<command>"  runs the command in the folder and in its copy, with tracing off and recorded, and compares
                     exit code and output
  --count            counts the spans of that run instead of keeping them, for a command that makes millions`;

const { folder, out, dependencies, command, recording } = readArguments();
const report = traceTree(folder, out, { dependencies });
console.log(`copy in ${out}\n`);
printReport(report);
let failed = report.failures.length > 0;
if (command !== undefined) {
  const comparison = compareRuns(command, folder, out, recording);
  printComparison(comparison);
  failed ||= comparison.differences.length > 0;
}
process.exitCode = failed ? 1 : 0;

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        out: { type: "string" },
        dependencies: { type: "boolean" },
        run: { type: "string" },
        count: { type: "boolean" },
      },
    });
    const [given, ...more] = positionals;
    if (given === undefined || more.length > 0) throw new Error("it takes one folder");
    if (!statSync(given, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`${given} is no folder`);
    const folder = realpathSync(given);
    const out = emptyFolder(folder, values.out);
    return {
      folder,
      out,
      dependencies: values.dependencies === true,
      command: values.run,
      // Beside the copy, so that a command that reads its folder sees the same files in both.
      recording: values.count === true ? counted(`${out}.spans`) : inStore(`${out}.traces.db`),
    };
  } catch (error) {
    console.error(`spanwright: ${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

function emptyFolder(folder: string, given: string | undefined): string {
  const out = given === undefined ? mkdtempSync(join(tmpdir(), "spanwright-exact-")) : resolve(given);
  if (!relative(folder, out).startsWith("..")) throw new Error(`${out} lies in the folder that is copied`);
  if (existsSync(out) && readdirSync(out).length > 0) throw new Error(`${out} is not empty`);
  mkdirSync(out, { recursive: true });
  return realpathSync(out);
}

function printReport({ files, functions, skippedFiles, skippedFunctions, failures }: TreeReport): void {
  console.log(`files      ${files.instrumented} of ${files.read} instrumented`);
  for (const [reason, count] of skippedFiles) console.log(`           ${count} left as they are: ${reason}`);
  console.log(`functions  ${functions.instrumented} of ${functions.found} instrumented`);
  for (const [reason, count] of skippedFunctions) console.log(`           ${count} skipped: ${reason}`);
  console.log(`failures   ${failures.length}`);
  for (const failure of failures) console.log(`           ${failure}`);
}

function printComparison({ bare, off, recorded, spans, messages, differences }: Comparison): void {
  const seconds = [bare, off, recorded].map((run) => `${run.seconds.toFixed(1)} s`);
  console.log(`\nruns       bare ${seconds[0]}, off ${seconds[1]}, recorded ${seconds[2]} with ${spans} spans`);
  for (const message of messages) console.log(`           ${message}`);
  console.log(`different  ${differences.length}`);
  for (const difference of differences) console.log(`           ${difference}`);
}
