/** Spans that the program opens by hand. */

import { type Context, isSpanContextValid, type Span as OtelSpan } from "@opentelemetry/api";
import { AdoptedSpan, adopt, noSpan } from "./adopted-span.ts";
import { badArgument, storeOf } from "./attributes.ts";
import { configured } from "./configuration.ts";
import { currentContext, enterContext, isSpan, SPAN_KEY, SpanInContext } from "./context.ts";
import { reportInternal } from "./diagnostics.ts";
import { type FrameSite, SyncFrame } from "./frame.ts";
import { readyToTrace, seedOf, startCallSpan } from "./provider.ts";
import { RecordedSpan, type SpanSeed } from "./span.ts";
import { type CallSpan, type Span, SpanType } from "./span-api.ts";
import { isNanos } from "./span-arguments.ts";

/** What {@link withSpan} and {@link startSpan} take. */
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
  readonly parent?: OtelSpan | undefined;
  /** Experiment of the trace, for its root only. */
  readonly experimentId?: string;
  /** Nanoseconds since the Unix epoch; now when absent. */
  readonly startTimeNs?: number | bigint;
}

/**
 * Runs a callback inside a new span, which ends when the callback returns, its promise settles, or the iterator
 * or stream that it returns is over. What it throws is recorded and thrown on; its result becomes the outputs,
 * unless it set them itself.
 *
 * @param callback gets the span
 * @returns what the callback returns
 * @example const rows = await withSpan(() => db.query(sql), { name: "query", inputs: { sql } });
 */
export function withSpan<T>(callback: (span: Span) => T, options?: SpanOptions): T;
export function withSpan(callback: unknown, options: SpanOptions = {}): unknown {
  if (typeof callback !== "function") return badArgument("withSpan", "a function", callback);
  const span = begin(options);
  if (span === undefined) return Reflect.apply(callback, undefined, [noSpan()]);
  const frame = new SyncFrame(span, span.isRecording() ? BLOCK : SILENT_BLOCK, currentContext());
  enterContext(span.context);
  try {
    return frame.ret(Reflect.apply(callback, undefined, [span]));
  } catch (error) {
    throw frame.fail(error);
  }
}

const BLOCK: FrameSite = { capturesOutputs: true, leaf: false, place: "withSpan" };
const SILENT_BLOCK: FrameSite = { ...BLOCK, capturesOutputs: false };

/**
 * Starts a span without making it the current one; the caller ends it. Declared with `using`, it is current
 * from there to the end of the block, which ends it. In an async function that is not built by spanwright, use
 * {@link withSpan} instead: its caller would see the span until the first `await`.
 *
 * @example const span = startSpan({ name: "warm-up" }); ... span.end({ outputs });
 * @example using span = startSpan({ name: "block" });
 */
export function startSpan(options: SpanOptions = {}): Span {
  return begin(options) ?? noSpan();
}

/** A span as the options say; `undefined` when it is not recorded. Never throws. */
export function begin(given: SpanOptions): CallSpan | undefined {
  if (!configured()) return undefined;
  try {
    readyToTrace();
    const options = readOptions(given);
    const { parent, root, inputs, startTimeNs } = options;
    const within = parent === undefined ? currentContext() : contextOf(parent);
    const span = within && startCallSpan(seedOfOptions(options), within, root === true);
    if (inputs !== undefined) span?.setInputs(inputs);
    if (startTimeNs !== undefined && span instanceof RecordedSpan) moveStart(span, startTimeNs);
    return span;
  } catch (error) {
    reportInternal(error);
    return undefined;
  }
}

function readOptions(given: unknown): SpanOptions {
  if (typeof given === "object" && given !== null) return given;
  badArgument("a span", "an object of options", given);
  return {};
}

function seedOfOptions({
  name = "span",
  spanType = SpanType.UNKNOWN,
  attributes,
  experimentId,
}: SpanOptions): SpanSeed {
  const fixed = attributes === undefined ? undefined : storeOf(attributes, "the option attributes of a span");
  return seedOf(textOr("name", name, "span"), textOr("spanType", spanType, SpanType.UNKNOWN), fixed, {
    ...(experimentId !== undefined && { experimentId: textOr("experimentId", experimentId, "") }),
  });
}

function textOr(option: string, given: unknown, otherwise: string): string {
  if (typeof given === "string") return given;
  badArgument(`the option ${option} of a span`, "a string", given);
  return otherwise;
}

function moveStart(span: RecordedSpan, nanos: unknown): void {
  if (isNanos(nanos)) span.startedAtEpoch(nanos);
  else badArgument("the option startTimeNs of a span", "nanoseconds since the Unix epoch", nanos);
}

/** The context to start a child in; `undefined` below a span that records nothing because tracing was off. */
function contextOf(parent: OtelSpan): Context | undefined {
  if (parent instanceof RecordedSpan) return parent;
  if (parent instanceof AdoptedSpan) return isSpanContextValid(parent.spanContext()) ? parent.context : undefined;
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

/** {@link getCurrentActiveSpan}, once tracing is configured. */
export function activeSpan(): CallSpan | undefined {
  const span = currentContext().getValue(SPAN_KEY);
  if (span instanceof RecordedSpan) return span;
  return isSpan(span) && span.isRecording() ? adopt(span) : undefined;
}
