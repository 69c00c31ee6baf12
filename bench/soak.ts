/**
 * Ten thousand spans a second for a minute, to a collector on this machine, from memory and from the store: none may
 * be lost, the heap may not grow and the event loop may not be held up. `npm run soak [-- --seconds 1800]`
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { startCollector } from "./collector.ts";
import { compilePrograms, removePrograms } from "./programs.ts";

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, rate: { type: "string", default: "10000" } },
});

/** What a run must keep to: what a minute may add to the heap, and how long one in a hundred turns may take. */
const GOALS = { heapSlopeMegabytes: 1, delayMs: 20 };

interface Report {
  readonly made: number;
  readonly stats: {
    readonly dropped: object;
    readonly targets: Readonly<Record<string, { readonly dropped: object }>>;
  };
  readonly heapSlope: number;
  readonly delayMs: number;
  readonly rssMegabytes: number;
}

compilePrograms();
const collector = await startCollector();
try {
  await soak("from memory", { store: false });
  await soak("from the store", { store: join(import.meta.dirname, ".tmp/soak.db") });
} finally {
  collector.stop();
  removePrograms();
}

async function soak(name: string, place: object): Promise<void> {
  const url = `${collector.origin}/${encodeURIComponent(name)}`;
  const options = JSON.stringify({ ...place, otlp: { endpoint: url } });
  const program = join(import.meta.dirname, "soak/program.ts");
  const { NODE_ENV: _, ...env } = process.env;
  const args = ["--expose-gc", program, values.rate, values.seconds, options];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env });
  const report: Report = JSON.parse(stdout);
  const taken = await collector.taken(url);
  console.log(
    `soak ${name}: ${report.made} spans in ${values.seconds} s, ${report.made - taken} lost, heap ${report.heapSlope.toFixed(2)} MB/min, ` +
      `event loop p99 ${report.delayMs.toFixed(1)} ms, ${report.rssMegabytes.toFixed(0)} MB resident`,
  );
  if (stderr !== "") console.log(stderr);
  if (taken !== report.made || report.heapSlope > GOALS.heapSlopeMegabytes || report.delayMs > GOALS.delayMs)
    process.exitCode = 1;
}
