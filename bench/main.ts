/**
 * What a traced call costs beside the same span written by hand with the OpenTelemetry SDK and its batch
 * processor. Each number is the median of interleaved rounds, every round a fresh process; only ratios and
 * differences of one run mean anything. Then what delivery costs. `npm run bench [-- --quick]`
 */
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compilePrograms, middle, removePrograms } from "./programs.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const rounds = values.quick ? 3 : 9;

interface Measurement {
  /** CPU nanoseconds of one call. */
  readonly ns: number;
  /** Heap bytes of one call. */
  readonly bytes: number;
}

/** Calls of one measurement: enough that its CPU time is some hundred milliseconds. */
const CALLS: Readonly<Record<string, number>> = {
  untraced: 20_000_000,
  "spanwright off": 20_000_000,
  "by hand": 200_000,
  spanwright: 500_000,
  "spanwright into its store": 10_000,
};

const WORK: Readonly<Record<string, string>> = {
  add: "one span, a body that calls nothing",
  call: "one span, a body that calls a function",
  tree: "three spans, two below the first",
};

compilePrograms();
report(measure());
removePrograms();
await import("./delivery.ts");

function measure(): Map<string, Map<string, Measurement[]>> {
  const results = new Map(Object.keys(WORK).map((work) => [work, new Map<string, Measurement[]>()]));
  for (let round = 0; round < rounds; round++) {
    for (const [work, byContestant] of results) {
      for (const [contestant, calls] of Object.entries(CALLS)) {
        const measured = byContestant.get(contestant) ?? [];
        byContestant.set(contestant, [...measured, measureOnce(contestant, work, values.quick ? calls / 5 : calls)]);
      }
    }
  }
  return results;
}

function measureOnce(contestant: string, work: string, calls: number): Measurement {
  const { NODE_ENV: _, ...env } = process.env;
  const program = join(import.meta.dirname, "contestant.ts");
  return JSON.parse(execFileSync(process.execPath, [program, contestant, work, `${calls}`], { encoding: "utf8", env }));
}

function report(results: Map<string, Map<string, Measurement[]>>): void {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model ?? "unknown CPU"}, median of ${rounds} interleaved rounds\n`,
  );
  for (const [work, byContestant] of results) {
    const median = (contestant: string, of: keyof Measurement) =>
      middle((byContestant.get(contestant) ?? []).map((measurement) => measurement[of]));
    console.log(`${work}: ${WORK[work]}`);
    for (const contestant of byContestant.keys()) {
      const ns = median(contestant, "ns");
      const ratio = (ns / median("by hand", "ns")).toFixed(3);
      const bytes = Math.round(median(contestant, "bytes"));
      console.log(
        `  ${contestant.padEnd(28)}${ns.toFixed(1).padStart(9)} ns  ${ratio.padStart(6)}x by hand  ${`${bytes}`.padStart(6)} bytes`,
      );
    }
    const off = median("spanwright off", "ns") - median("untraced", "ns");
    console.log(`  off costs ${off.toFixed(1)} ns over untraced\n`);
  }
}
