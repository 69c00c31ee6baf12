/**
 * What it costs to bring spans to a collector on this machine, from the traced call to the answer, beside the
 * OpenTelemetry SDK's batch processor and OTLP exporter. `npm run bench` runs it too; alone:
 * `node bench/delivery.ts [--quick]`
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { startCollector } from "./collector.ts";
import { compilePrograms, middle, removePrograms } from "./programs.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const rounds = values.quick ? 1 : 5;
const spans = values.quick ? 131_072 : 1_048_576;

/** What a round of one contestant gave. */
interface Measurement {
  readonly ms: number;
  readonly cpuNs: number;
  readonly sent: number;
}

compilePrograms();
const collector = await startCollector();
try {
  report(await measure());
} finally {
  collector.stop();
  removePrograms();
}

async function measure(): Promise<Map<string, Measurement[]>> {
  const measured = new Map<string, Measurement[]>([
    ["by hand", []],
    ["spanwright", []],
  ]);
  for (let round = 0; round < rounds; round++) {
    for (const [name, list] of measured) list.push(await measureOnce(name, round));
  }
  return measured;
}

async function measureOnce(name: string, round: number): Promise<Measurement> {
  const { NODE_ENV: _, ...env } = process.env;
  const url = `${collector.origin}/${encodeURIComponent(name)}/${round}`;
  const program = join(import.meta.dirname, "delivery/contestant.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, name, `${spans}`, url], { env });
  const measurement: Measurement = JSON.parse(stdout);
  const taken = await collector.taken(url);
  if (taken !== measurement.sent) throw new Error(`${name}: the collector has ${taken} of ${measurement.sent} spans`);
  return measurement;
}

function report(measured: Map<string, Measurement[]>): void {
  console.log(
    `delivery: ${spans} spans of a call to a collector on this machine, median of ${rounds} rounds, none lost`,
  );
  const cpu = (name: string) => middle((measured.get(name) ?? []).map(({ cpuNs }) => cpuNs / spans));
  for (const [name, list] of measured) {
    const rate = middle(list.map(({ ms }) => (spans / ms) * 1000));
    const ratio = (cpu(name) / cpu("by hand")).toFixed(3);
    console.log(
      `  ${name.padEnd(12)}${Math.round(rate).toLocaleString("en").padStart(9)} spans/s  ${cpu(name).toFixed(0).padStart(6)} ns of CPU a span  ${ratio}x by hand`,
    );
  }
}
