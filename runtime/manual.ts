/** Spans that the program opens by hand, and what it says about the trace it is in. */

import type { Context, Span as OtelSpan } from "@opentelemetry/api";
import { AdoptedSpan, adopt, noSpan } from "./adopted-span.ts";
import { badArgument, entriesOf, storeOf } from "./attributes.ts";
import { hides, render } from "./capture.ts";
import { configured } from "./configuration.ts";
import { currentContext, enterContext, isSpan, SPAN_KEY, SpanInContext } from "./context.ts";
import { outlet } from "./delivery/outlet.ts";
import { report } from "./diagnostics.ts";
import { type FrameSite, reportInternal, SyncFrame } from "./frame.ts";
import { readyToTrace, seedOf, startCallSpan } from "./provider.ts";
import { REDACTED } from "./redaction.ts";
import { RecordedSpan } from "./span.ts";
import { type CallSpan, type Span, SpanType } from "./span-api.ts";

/** What {@link withSpan} takes. */
export interface SpanOptions {
  /** `span` when absent. */
  readonly name?: string;
  /** One of `SpanType` or any string; `UNKNOWN` when absent. */
  readonly spanType?: string;
  readonly inputs?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** `true`: the span starts a new trace. */
  readonly root?: boolean;
  /** The parent, of ours or any OpenTelemetry span; the current span when absent. */
  readonly parent?: OtelSpan;
}

/** What {@link startSpan} takes. */
export interface StartOptions extends SpanOptions {
  /** Nanoseconds since the Unix epoch; now when absent. */
  readonly startTimeNs?: number | bigint;
}

/**
 * Runs a callback inside a new span, which ends when the callback returns or its promise settles. What it
 * throws is recorded and thrown on; its result becomes the outputs, unless it set them itself.
 *
 * @param callback gets the span
 * @returns what the callback returns
 * @example const rows = await withSpan(() => db.query(sql), { name: "query", inputs: { sql } });
 */
export function withSpan<T>(callback: (span: Span) => T, options: SpanOptions = {}): T {
  const span = begin(options);
  if (span === undefined) return callback(noSpan());
  const frame = new SyncFrame(span, BLOCK, currentContext());
  enterContext(span.context);
  try {
    return frame.ret(callback(span));
  } catch (error) {
    throw frame.fail(error);
  } finally {
    frame.end();
  }
}

const BLOCK: FrameSite = { capturesOutputs: true, leaf: false, place: "withSpan" };

/**
 * Starts a span without making it the current one. The caller ends it.
 *
 * @example const span = startSpan({ name: "warm-up" }); ... span.end({ outputs });
 */
export function startSpan(options: StartOptions = {}): Span {
  return begin(options, options.startTimeNs) ?? noSpan();
}

function begin(options: SpanOptions, startTimeNs?: number | bigint): CallSpan | undefined {
  if (!configured()) return undefined;
  try {
    readyToTrace();
    const { name = "span", spanType = SpanType.UNKNOWN, attributes, parent, root, inputs } = options;
    const fixed = attributes === undefined ? undefined : storeOf(attributes, "the option attributes of a span");
    const within = parent === undefined ? currentContext() : contextOf(parent);
    const span = startCallSpan(seedOf(String(name), String(spanType), fixed), within, root === true);
    if (inputs !== undefined) span?.captureInputs(render(inputs));
    if (startTimeNs !== undefined && span instanceof RecordedSpan) span.startedAtEpoch(startTimeNs);
    return span;
  } catch (error) {
    reportInternal(error);
    return undefined;
  }
}

function contextOf(parent: OtelSpan): Context {
  if (parent instanceof RecordedSpan) return parent;
  if (parent instanceof AdoptedSpan) return parent.context;
  if (isSpan(parent)) return new SpanInContext(parent, currentContext().deleteValue(SPAN_KEY));
  badArgument("the option parent of a span", "a span", parent);
  return currentContext();
}

/** The span that is current here, of whatever library; `null` when there is none that records. */
export function getCurrentActiveSpan(): Span | null {
  if (!configured()) return null;
  readyToTrace();
  return activeSpan() ?? null;
}

function activeSpan(): CallSpan | undefined {
  const span = currentContext().getValue(SPAN_KEY);
  if (span instanceof RecordedSpan) return span;
  return isSpan(span) && span.isRecording() ? adopt(span) : undefined;
}

/** What can be said about a whole trace. */
export interface TraceUpdate {
  /** Added to the tags there are; other values than strings become strings. */
  readonly tags?: Readonly<Record<string, unknown>>;
  /** Added to the metadata there is; other values than strings become strings. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly clientRequestId?: string;
  readonly requestPreview?: string;
  readonly responsePreview?: string;
  /** Overrides what the root span's status says. */
  readonly state?: "OK" | "ERROR";
}

/**
 * Adds to the trace of the current span. Without one, or with a value that cannot be used, it does nothing
 * and says so once on stderr; it never throws.
 *
 * @example updateCurrentTrace({ tags: { "mlflow.trace.session": sessionId } });
 */
export function updateCurrentTrace(update: TraceUpdate): void {
  if (!configured()) return;
  try {
    readyToTrace();
    const span = activeSpan();
    if (span === undefined) {
      report("SW2112", "updateCurrentTrace was called outside of any span", "Call it inside a traced function.");
    } else if (span instanceof RecordedSpan) {
      updateTrace(span, update);
    } else {
      for (const [name, value] of flattened(update)) span.setAttribute(name, value);
    }
  } catch (error) {
    reportInternal(error);
  }
}

function updateTrace(span: RecordedSpan, update: TraceUpdate): void {
  const { trace } = span;
  const given = Object.fromEntries(entriesOf(update, "updateCurrentTrace"));
  if (given.tags !== undefined) trace.tags = { ...trace.tags, ...texts(given.tags, "tags") };
  if (given.metadata !== undefined) trace.metadata = { ...trace.metadata, ...texts(given.metadata, "metadata") };
  for (const key of ["clientRequestId", "requestPreview", "responsePreview"] as const) {
    if (given[key] !== undefined) trace[key] = textOf(key, given[key]);
  }
  if (given.state === "OK" || given.state === "ERROR") trace.state = given.state;
  else if (given.state !== undefined) badArgument("updateCurrentTrace({ state })", '"OK" or "ERROR"', given.state);
  // Spans that still run take the change along.
  if (span.ended) outlet.changed(trace);
}

function texts(given: unknown, option: string): Record<string, string> {
  const entries = entriesOf(given, `updateCurrentTrace({ ${option} })`);
  return Object.fromEntries(entries.map(([key, value]) => [key, textOf(key, value)]));
}

function textOf(name: string, value: unknown): string {
  if (hides(name, value)) return REDACTED;
  if (typeof value === "string") return value;
  report("SW2113", `updateCurrentTrace was given no string for ${name}; its JSON text is kept`, "Give it a string.");
  return render(value);
}

/** Another provider knows no traces, only spans: what is said of the trace becomes attributes of the span. */
function flattened(update: TraceUpdate): [string, unknown][] {
  return entriesOf(update, "updateCurrentTrace").flatMap(([key, value]): [string, unknown][] =>
    key === "tags" || key === "metadata"
      ? entriesOf(value, `updateCurrentTrace({ ${key} })`).map(([name, item]) => [
          `spanwright.trace.${key}.${name}`,
          item,
        ])
      : [[`spanwright.trace.${key}`, value]],
  );
}
