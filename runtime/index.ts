/** What programs import from `spanwright`. */

import { stopRecording } from "./configuration.ts";
import type { FrameOptions } from "./contract.ts";
import { outlet } from "./delivery/outlet.ts";
import { report } from "./diagnostics.ts";
import { type AnyFunction, wrap } from "./wrap.ts";

export type { CaptureLimits } from "./capture.ts";
export type { OutputReducer } from "./chunks.ts";
export { type InitOptions, init } from "./configuration.ts";
export { SpanwrightError } from "./diagnostics.ts";
export {
  getCurrentActiveSpan,
  type SpanOptions,
  type StartOptions,
  startSpan,
  type TraceUpdate,
  updateCurrentTrace,
  withSpan,
} from "./manual.ts";
export { type Span, type SpanEnd, type SpanEvent, type SpanProcessor, SpanStatusCode, SpanType } from "./span-api.ts";

/** The options of `trace`. */
export type TraceOptions = FrameOptions;

/**
 * Traces a function value: `const tracedPow = trace(Math.pow)`. Around a function literal the build writes the
 * span into the function instead, and no wrapper is left.
 */
export function trace<F extends AnyFunction>(fn: F, options?: TraceOptions): F;
/**
 * Marks the function whose first statement it is: `trace({ spanType: "LLM", outputReducer: join })`. The build
 * removes it; reached at run time it says once that the file was not compiled.
 */
export function trace(options?: TraceOptions): void;
export function trace(first?: AnyFunction | TraceOptions, options: TraceOptions = {}): AnyFunction | undefined {
  if (typeof first === "function") return wrap(first, options);
  report(
    "SW2101",
    "trace(...) was reached at run time: this file was not compiled by spanwright, so its marks have no effect",
    "Add spanwright to the build that makes this file, or run the program with its register hook.",
  );
  return undefined;
}

/** Writes finished spans out, and waits until the span processors given to `init` did so too. Never rejects. */
export function flushTraces(): Promise<void> {
  return outlet.flush();
}

/** {@link flushTraces}, after which nothing is recorded any more. Never rejects. */
export function shutdown(): Promise<void> {
  stopRecording();
  return outlet.shutdown();
}
