/**
 * Makes spans at a steady rate and sends them: `node --expose-gc program.ts <rate> <seconds> <options of init>`.
 * Prints what became of them, how the heap grew and how the event loop was held up, as JSON.
 */
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { flushTraces, init, stats } from "spanwright";

const [rate = 0, seconds = 0] = process.argv.slice(2, 4).map(Number);
init({ enabled: true, ...JSON.parse(process.argv[4] ?? "{}") });
const { tree }: { tree: (x: number, y: number) => number } = await import(
  join(import.meta.dirname, "../.tmp/programs/marked.js")
);

/** Of each call. */
const SPANS = 3;
const SAMPLE_MS = 2000;
/** The heap is looked at once the program has warmed up. */
const WARM_UP_MS = Math.min(15_000, (seconds * 1000) / 4);

const heap: (readonly [minute: number, megabytes: number])[] = [];
const delays = monitorEventLoopDelay({ resolution: 1 });
const began = performance.now();
let calls = 0;

await new Promise<void>((resolve) => {
  const sampling = setInterval(() => void sample(), SAMPLE_MS);
  const working = setInterval(() => {
    const elapsed = performance.now() - began;
    const due = Math.floor((Math.min(elapsed, seconds * 1000) * rate) / 1000 / SPANS);
    for (; calls < due; calls++) tree(calls, 2);
    if (elapsed < seconds * 1000) return;
    clearInterval(working);
    clearInterval(sampling);
    resolve();
  }, 5);
});
delays.disable();
while (unsent() > 0) await flushTraces();
console.log(
  JSON.stringify({
    made: calls * SPANS,
    stats: stats(),
    heapSlope: slope(heap),
    delayMs: delays.percentile(99) / 1e6,
    rssMegabytes: process.memoryUsage().rss / 2 ** 20,
  }),
);
process.exit(0);

async function sample(): Promise<void> {
  const elapsed = performance.now() - began;
  if (elapsed < WARM_UP_MS) return;
  // What waits comes and goes: up to a batch of it, or none, as the moment has it.
  await flushTraces();
  // The collection that is asked for is no part of what is measured.
  delays.disable();
  globalThis.gc?.();
  heap.push([elapsed / 60_000, process.memoryUsage().heapUsed / 2 ** 20]);
  delays.enable();
}

function unsent(): number {
  const { waiting, targets } = stats();
  return Object.values(targets).reduce((sum, { pending }) => sum + pending, waiting);
}

/** The middle one of the slopes between all pairs of points, so that a point that lies apart does not decide. */
function slope(points: typeof heap): number {
  const slopes = points.flatMap(([x, y], at) => points.slice(at + 1).map(([later, then]) => (then - y) / (later - x)));
  return slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? 0;
}
