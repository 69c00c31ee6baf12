/**
 * One measurement in a process of its own: `node contestant.ts <contestant> <spans> <url>`. Makes spans by calling a
 * function, sends them, and prints milliseconds and CPU nanoseconds in all as JSON.
 */
import { join } from "node:path";

/** Spans between two flushes: fewer than the queues hold. */
const SPANS_PER_FLUSH = 32_768;

/** Calls in one turn of the event loop. */
const CALLS_PER_TURN = 1024;

interface Contestant {
  readonly program: string;
  /** Makes ready to send to a URL; answers what flushes. */
  readonly prepare: (url: string) => Promise<() => Promise<void>>;
}

const CONTESTANTS: Readonly<Record<string, Contestant>> = {
  "by hand": {
    program: "by-hand.js",
    prepare: async (url) => {
      const { AsyncLocalStorageContextManager } = await import("@opentelemetry/context-async-hooks");
      const { OTLPTraceExporter } = await import("@opentelemetry/exporter-trace-otlp-proto");
      const { BasicTracerProvider, BatchSpanProcessor } = await import("@opentelemetry/sdk-trace-base");
      const { context, trace } = await import("@opentelemetry/api");
      const processor = new BatchSpanProcessor(new OTLPTraceExporter({ url }), {
        maxQueueSize: 65_536,
        maxExportBatchSize: 2048,
        scheduledDelayMillis: 1000,
      });
      context.setGlobalContextManager(new AsyncLocalStorageContextManager());
      trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
      return () => processor.forceFlush();
    },
  },
  spanwright: {
    program: "marked.js",
    prepare: async (url) => {
      const { flushTraces, init } = await import("spanwright");
      init({ enabled: true, store: false, otlp: { endpoint: url } });
      return () => flushTraces();
    },
  },
};

const [name = "", count = "0", url = ""] = process.argv.slice(2);
const contestant = CONTESTANTS[name];
if (!contestant) throw new Error(`no contestant "${name}"; there are ${Object.keys(CONTESTANTS).join(", ")}`);
const flush = await contestant.prepare(url);
const { add }: { add: (x: number, y: number) => number } = await import(
  join(import.meta.dirname, "../.tmp/programs", contestant.program)
);
const spans = Number(count);

await send(spans / 4);
const [began, before] = [performance.now(), process.cpuUsage()];
await send(spans);
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ ms: performance.now() - began, cpuNs: (user + system) * 1000, sent: spans + spans / 4 }));
process.exit(0);

async function send(count: number): Promise<void> {
  for (let made = 0; made < count; ) {
    const until = Math.min(count, made + SPANS_PER_FLUSH);
    while (made < until) {
      const turn = Math.min(until, made + CALLS_PER_TURN);
      for (; made < turn; made++) add(made, 2);
      await new Promise(setImmediate);
    }
    await flush();
  }
}
