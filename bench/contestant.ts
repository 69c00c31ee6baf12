/**
 * One measurement in a process of its own: `node contestant.ts <contestant> <work> <calls>`. Prints CPU
 * nanoseconds and heap bytes of one call as JSON.
 */
import { join } from "node:path";
import { getHeapStatistics } from "node:v8";

/** How many calls stand between two flushes: fewer than the standard processor's queue holds. */
const CALLS_PER_FLUSH = 500;

type Work = (x: number, y: number) => number;
type Program = Readonly<Record<string, Work>>;

interface Contestant {
  readonly program: string;
  /** Makes ready and answers what flushes the spans of one round. */
  readonly prepare: () => Promise<() => Promise<void>>;
}

const nothing = async () => {};

const CONTESTANTS: Readonly<Record<string, Contestant>> = {
  untraced: { program: "plain.js", prepare: async () => nothing },
  "by hand": {
    program: "by-hand.js",
    prepare: async () => {
      const { AsyncLocalStorageContextManager } = await import("@opentelemetry/context-async-hooks");
      const { BasicTracerProvider } = await import("@opentelemetry/sdk-trace-base");
      const { context, trace } = await import("@opentelemetry/api");
      const processor = await batchProcessor();
      context.setGlobalContextManager(new AsyncLocalStorageContextManager());
      trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
      return () => processor.forceFlush();
    },
  },
  spanwright: {
    program: "marked.js",
    prepare: async () => {
      const { init } = await import("spanwright");
      const processor = await batchProcessor();
      init({ enabled: true, store: false, spanProcessors: [processor] });
      return () => processor.forceFlush();
    },
  },
  "spanwright into its store": {
    program: "marked.js",
    prepare: async () => {
      const { flushTraces, init } = await import("spanwright");
      init({ enabled: true, store: join(import.meta.dirname, ".tmp", `${process.pid}.db`) });
      return flushTraces;
    },
  },
  "spanwright off": {
    program: "marked.js",
    prepare: async () => {
      const { init } = await import("spanwright");
      init({ enabled: false });
      return nothing;
    },
  },
};

/** The standard batch processor before an exporter that does nothing. */
async function batchProcessor() {
  const { BatchSpanProcessor } = await import("@opentelemetry/sdk-trace-base");
  return new BatchSpanProcessor({
    export: (_spans, done) => done({ code: 0 }),
    shutdown: nothing,
  });
}

const [name = "", work = "", calls = "0"] = process.argv.slice(2);
const contestant = CONTESTANTS[name];
if (!contestant) throw new Error(`no contestant "${name}"; there are ${Object.keys(CONTESTANTS).join(", ")}`);
const flush = await contestant.prepare();
const program: Program = await import(join(import.meta.dirname, ".tmp/programs", contestant.program));
const run = program[work];
if (!run) throw new Error(`${contestant.program} has no function "${work}"`);

await rounds(run, Number(calls) / 2);
const before = process.cpuUsage();
await rounds(run, Number(calls));
const { user, system } = process.cpuUsage(before);
const bytes: number[] = [];
for (let sample = 0; sample < 15; sample++) {
  const heapBefore = getHeapStatistics().used_heap_size;
  callMany(run, CALLS_PER_FLUSH);
  bytes.push((getHeapStatistics().used_heap_size - heapBefore) / CALLS_PER_FLUSH);
  await flush();
}
// The middle one: a collection makes some samples negative.
bytes.sort((a, b) => a - b);
console.log(JSON.stringify({ ns: ((user + system) * 1000) / Number(calls), bytes: bytes[7] }));
process.exit(0);

async function rounds(work: Work, calls: number): Promise<void> {
  for (let done = 0; done < calls; done += CALLS_PER_FLUSH) {
    callMany(work, CALLS_PER_FLUSH);
    await flush();
  }
}

function callMany(work: Work, calls: number): number {
  let sum = 0;
  for (let i = 0; i < calls; i++) sum += work(i, 2);
  return sum;
}
