/** Runs the programs in one combination and prints what was seen of each, as JSON. `main.js COMBINATION NEED...` */

import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace";
import { COMBINATIONS } from "./combinations.ts";
import { atRoot, here, type Observed, type Program, tick } from "./program.ts";
import { PROGRAMS } from "./programs.ts";

const [name = "", ...offered] = process.argv.slice(2);
const combination = COMBINATIONS[name];
if (!combination) throw new Error(`there is no combination "${name}"`);

const ended: ReadableSpan[] = [];
const collector: SpanProcessor = {
  onStart() {},
  onEnd: (span) => void ended.push(span),
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};
const { attached = () => 0 } = combination;
combination.setUp(collector);
if (offered.includes("undici")) await instrumentFetch();

const observed: Record<string, Observed> = {};
for (const program of PROGRAMS) {
  if (program.needs === undefined || offered.includes(program.needs)) observed[program.name] = await observe(program);
}
console.log(JSON.stringify(observed));

/** Only some sets of packages hold it. */
async function instrumentFetch(): Promise<void> {
  const module = "@opentelemetry/instrumentation-undici";
  const { UndiciInstrumentation } = await import(module);
  new UndiciInstrumentation().enable();
}

async function observe(program: Program): Promise<Observed> {
  const notes: string[] = [];
  const at = (place: string) => () => void notes.push(`${place} in ${here()}`);
  try {
    await program.run(at, notes);
  } catch (error) {
    notes.push(`threw ${error instanceof Error ? error.stack : String(error)}`);
  }
  await tick();
  // Whatever the program did, nothing of it is left.
  if (!atRoot()) notes.push(`left behind: ${here()}`);
  if (attached() !== 0) notes.push(`left attached: ${attached()}`);
  return { notes, spans: tree(ended.splice(0)) };
}

function tree(spans: readonly ReadableSpan[]): string[] {
  const names = new Map(spans.map((span) => [span.spanContext().spanId, span.name]));
  return spans
    .map(({ name, parentSpanContext }) =>
      parentSpanContext === undefined ? name : `${name} < ${names.get(parentSpanContext.spanId)}`,
    )
    .sort();
}
