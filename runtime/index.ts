/** What programs import from `spanwright`. */

import type { FrameOptions } from "./contract.ts";
import { decoratorOrMarker, type MethodDecorator } from "./decorator.ts";
import { outlet } from "./delivery/outlet.ts";
import type { Stats } from "./delivery/tally.ts";
import { type AnyFunction, wrap } from "./wrap.ts";

export type { CaptureLimits } from "./capture.ts";
export type { OutputReducer } from "./chunks.ts";
export type {
  AssessmentValue,
  ExpectationOptions,
  FeedbackOptions,
  OverrideOptions,
} from "./client/assessments.ts";
export type { StartSpanOptions, StartTraceOptions } from "./client/by-id.ts";
export type {
  Assessment,
  AssessmentError,
  AssessmentSource,
  SpanSearch,
  Trace,
  TraceInfo,
  TraceJson,
  TraceSpan,
  TraceState,
} from "./client/entities.ts";
export {
  addTrace,
  Client,
  Client as MlflowClient,
  type ClientOptions,
  deleteAssessment,
  deleteTraces,
  deleteTraceTag,
  getAssessment,
  getTrace,
  logExpectation,
  logFeedback,
  overrideFeedback,
  searchTraces,
  setTraceTag,
} from "./client/facade.ts";
export { TracingError } from "./client/failures.ts";
export type { DeleteOptions, SearchOptions, TracePage } from "./client/reading.ts";
export {
  disableTracing,
  enableTracing,
  type InitOptions,
  init,
  isTracingEnabled,
} from "./configuration.ts";
export { type ContextCopy, copyContext } from "./context-copy.ts";
export {
  getActiveTraceId,
  getLastActiveTraceId,
  type LastTraceOptions,
  type TraceUpdate,
  updateCurrentTrace,
} from "./current-trace.ts";
export type { MlflowOptions } from "./delivery/mlflow/target.ts";
export type { OtlpOptions } from "./delivery/otlp/options.ts";
export type { RetentionOptions } from "./delivery/retention.ts";
export type { Stats, TargetStats } from "./delivery/tally.ts";
export { SpanwrightError } from "./diagnostics.ts";
export { type Background, type FlushOptions, flushInBackground, flushTraces, shutdown } from "./flushing.ts";
export { getCurrentActiveSpan, type SpanOptions, startSpan, withSpan } from "./manual.ts";
export { type TracingHeaders, tracingEnvironment, tracingHeaders, withTracingHeaders } from "./propagation.ts";
export {
  type Span,
  type Span as LiveSpan,
  type SpanEdit,
  type SpanEnd,
  type SpanEvent,
  type SpanProcessor,
  SpanStatusCode,
  SpanType,
} from "./span-api.ts";
export { type TracingContextOptions, tracingContext, withTracingDisabled } from "./tracing-context.ts";

/** The options of `trace`. */
export type TraceOptions = FrameOptions;

/**
 * Traces a function value of somebody else's: `const tracedPow = trace(Math.pow, { name: "pow" })`. Its inputs
 * are recorded as `arg0`, `arg1` and so on. Around a function literal, the build takes the call away and writes
 * the span into the literal, which then records its inputs by name.
 *
 * @returns a function with the same name and length, which hands on `this`, arguments, result and errors
 */
export function trace<F extends AnyFunction>(fn: F, options?: TraceOptions): F;
/**
 * Marks the function whose first statement it is: `trace({ spanType: "LLM", outputReducer: join })`. The build
 * removes it; reached at run time it says once that the file was not compiled. Above a method, `@trace(options)`
 * is a decorator of either kind.
 */
export function trace(options?: TraceOptions): MethodDecorator;
export function trace(first?: AnyFunction | TraceOptions, options: TraceOptions = {}): AnyFunction | MethodDecorator {
  return typeof first === "function" ? wrap(first, options) : decoratorOrMarker(first ?? {});
}

/**
 * What became of the spans of this process: stored, waiting, sent, and dropped, by the code of the reason.
 *
 * @example const { stored, targets } = stats();
 */
export function stats(): Stats {
  return outlet.stats();
}
