/** `spanwright/testing`: what tests need to say of the traces that code leaves. */

import type { Trace } from "./client/entities.ts";
import { tracesOf } from "./client/finished.ts";
import { holdRecording } from "./configuration.ts";
import { currentContext, runInContext, SPAN_KEY } from "./context.ts";
import { SpanwrightError } from "./diagnostics.ts";
import { hasForeignProvider } from "./provider.ts";
import { Recorder, recorders, withRecorder } from "./recorders.ts";
import { isPlainPromise } from "./results.ts";

export type { Trace, TraceInfo, TraceSpan } from "./client/entities.ts";
export {
  type ExpectedSpan,
  type MatcherContext,
  type MatcherResult,
  type SpanMatchers,
  spanMatchers,
} from "./testing/matchers.ts";
export { spanTree } from "./testing/tree.ts";

/** What a function returned, and the traces that it left. */
export interface Recording<T> {
  readonly result: T;
  /** In the order in which they began; of a trace that goes on, the spans that have ended. */
  readonly traces: readonly Trace[];
}

/**
 * Runs a function and collects its traces in memory: of the function itself and of all that it calls, at once or
 * after an `await`. They go nowhere else, are all recorded, whatever is sampled, and need nothing configured. Functions
 * among the `spanProcessors` of `init` see them as they see others. Several at once do not see each other's.
 *
 * @param fn what it throws, or rejects with, is thrown on
 * @returns a promise when the function returns one
 * @throws SpanwrightError `SW2151` when another TracerProvider makes the spans
 * @example
 * const { result, traces } = await recordTraces(() => ask("why"));
 * expect(traces).toHaveSpan({ name: "ask", inputs: { question: "why" }, outputs: result });
 */
export function recordTraces<T>(fn: () => Promise<T>): Promise<Recording<T>>;
export function recordTraces<T>(fn: () => T): Recording<T>;
export function recordTraces(fn: () => unknown): Recording<unknown> | Promise<Recording<unknown>> {
  const release = holdRecording();
  recorders.running += 1;
  const recorder = new Recorder();
  const end = () => {
    recorders.running -= 1;
    release();
  };
  const recording = (result: unknown) => ({ result, traces: tracesOf(recorder.spans) });
  let waits = false;
  try {
    if (hasForeignProvider()) throw foreign();
    // What surrounds the function, such as a test's own span, is no parent of its traces.
    const result = runInContext(withRecorder(currentContext().deleteValue(SPAN_KEY), recorder), fn);
    if (typeof result !== "object" || result === null || !isThenable(result)) return recording(result);
    waits = true;
    return Promise.resolve(result).then(recording).finally(end);
  } finally {
    if (!waits) end();
  }
}

function isThenable(value: object): boolean {
  return isPlainPromise(value) || ("then" in value && typeof value.then === "function");
}

function foreign(): SpanwrightError {
  return new SpanwrightError(
    "SW2151",
    "recordTraces cannot see spans that another OpenTelemetry TracerProvider makes",
    "Register none in this test, or read its spans with an InMemorySpanExporter of its SDK.",
  );
}
