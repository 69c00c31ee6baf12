/**
 * Traces and spans that are started and ended by id, in whatever function or process. What is running is kept
 * in the store as well, so that another process can end it.
 */

import { ROOT_CONTEXT, type SpanContext, TraceFlags, trace as traceApi } from "@opentelemetry/api";
import { noSpan } from "../adopted-span.ts";
import { storeOf } from "../attributes.ts";
import { configured } from "../configuration.ts";
import { DeliveryError } from "../delivery/destination.ts";
import { outlet } from "../delivery/outlet.ts";
import { report } from "../diagnostics.ts";
import { knownTrace, makeKnown } from "../known-traces.ts";
import { activeSpan, begin, type SpanOptions } from "../manual.ts";
import { readyToTrace, seedOf } from "../provider.ts";
import { RecordedSpan } from "../span.ts";
import type { CallSpan, Span, SpanEnd } from "../span-api.ts";
import { texts } from "../trace-texts.ts";
import { CHECKS, fieldsOf, NO_TRACE_ID, optional, spanIdOf, traceIdOf } from "./arguments.ts";
import { problem, TracingError } from "./failures.ts";
import { openSpans } from "./place.ts";
import type { OpenSpan } from "./trace-store.ts";

/** What `startTrace` takes. */
export interface StartTraceOptions extends Omit<SpanOptions, "root" | "parent"> {
  readonly tags?: Readonly<Record<string, string>>;
}

/** What `startSpan` of the client takes. */
export interface StartSpanOptions extends Omit<SpanOptions, "root" | "parent" | "experimentId"> {
  readonly traceId: string;
  /** The parent's id: a span of that trace, which may have ended. */
  readonly parentId: string;
}

/** A span that was started here by id. */
interface Running {
  readonly span: CallSpan;
  /** Whether it is in the store too. */
  readonly kept: boolean;
}

/** More than anybody has open at once; beyond it, those that ended by themselves are forgotten. */
const LIMIT = 10_000;

const running = new Map<string, Running>();
/** The root of every trace that was started here. */
const roots = new Map<string, string>();
/** Traces that are not recorded. */
const silent = new Set<string>();

export async function startTrace(given: unknown): Promise<Span> {
  if (!configured()) return noSpan();
  readyToTrace();
  const { tags, ...options } = fieldsOf(given, "the options of startTrace");
  const active = activeSpan();
  if (active !== undefined) throw problem("traceActive", active.traceId);
  const span = begin({ ...startOf(options), root: true }) ?? noSpan();
  if (!(span instanceof RecordedSpan)) {
    remember(silent, span.traceId);
    return span;
  }
  makeKnown(span.trace);
  if (tags !== undefined) span.trace.tags = { ...span.trace.tags, ...texts(tags, "startTrace({ tags })") };
  purge();
  roots.set(span.traceId, span.spanId);
  return keep(span);
}

export async function startSpan(given: unknown): Promise<Span> {
  const { traceId: trace, parentId: parent, ...options } = fieldsOf(given, "the options of startSpan");
  const traceId = traceIdOf(trace);
  if (parent === undefined || parent === null) {
    throw problem("invalid", "parentId", "the id of the parent; a span without one is started with startTrace");
  }
  if (!configured() || isSilent(traceId)) return noSpan();
  readyToTrace();
  const parentSpan = await parentOf(traceId, spanIdOf(parent, "parentId", traceId));
  const span = begin({ ...startOf(options), parent: parentSpan }) ?? noSpan();
  if (!(span instanceof RecordedSpan)) return span;
  // Its trace may be known here although its parent was started elsewhere.
  span.trace = knownTrace(traceId) ?? span.trace;
  makeKnown(span.trace);
  purge();
  return keep(span);
}

export async function endSpan(trace: unknown, span: unknown, options: unknown): Promise<void> {
  const traceId = traceIdOf(trace);
  const spanId = spanIdOf(span, "spanId", traceId);
  if (isSilent(traceId)) return;
  const end: SpanEnd = options === undefined ? {} : fieldsOf(options, "the options of endSpan");
  const open = await openSpans()?.takeOpen(traceId, spanId);
  const here = running.get(spanId);
  running.delete(spanId);
  if (here === undefined) {
    if (open === undefined) throw await whyNotOpen(traceId, spanId);
    restored(open).end(end);
  } else {
    if (!here.span.isRecording()) throw problem("spanEnded", spanId);
    const isTaken = here.kept && open === undefined;
    if (isTaken && here.span instanceof RecordedSpan) here.span.drop();
    if (isTaken) throw problem("spanEnded", spanId);
    here.span.end(end);
  }
  outlet.flushStore();
}

export async function endTrace(trace: unknown, options: unknown): Promise<void> {
  const traceId = traceIdOf(trace);
  if (isSilent(traceId)) return;
  const spanId = roots.get(traceId) ?? (await openSpans()?.rootOf(traceId))?.spanId;
  if (spanId === undefined) throw problem("noTrace", traceId);
  try {
    await endSpan(traceId, spanId, options);
  } catch (error) {
    const isRoots = error instanceof TracingError && (error.code === "SW2135" || error.code === "SW2132");
    throw isRoots ? problem("traceEnded", traceId) : error;
  }
}

function startOf(options: Readonly<Record<string, unknown>>): SpanOptions {
  const { name, spanType, experimentId, inputs, attributes, startTimeNs } = options;
  return {
    name: optional(name, "name", CHECKS.name) ?? "span",
    spanType: optional(spanType, "spanType", CHECKS.name) ?? "UNKNOWN",
    ...(experimentId !== undefined && { experimentId: optional(experimentId, "experimentId", CHECKS.text) ?? "" }),
    ...(inputs !== undefined && { inputs }),
    ...(attributes !== undefined && attributes !== null && { attributes: fieldsOf(attributes, "attributes") }),
    ...((typeof startTimeNs === "number" || typeof startTimeNs === "bigint") && { startTimeNs }),
  };
}

/** A trace that is not recorded: what is asked of it does nothing. */
function isSilent(traceId: string): boolean {
  return traceId === NO_TRACE_ID || silent.has(traceId);
}

/** The parent itself where it runs here, else what stands for it. */
async function parentOf(traceId: string, parentId: string): Promise<NonNullable<SpanOptions["parent"]>> {
  const here = running.get(parentId)?.span ?? activeSpan();
  if (here?.spanId === parentId && here.traceId === traceId) return here;
  const store = openSpans();
  const isKnown = roots.get(traceId) === parentId || (await store?.spanStanding(traceId, parentId)) !== "unknown";
  // A span of a traced function that still runs is in nobody's list; its trace is, once its id was asked for.
  const mayRun = knownTrace(traceId) !== undefined && !roots.has(traceId);
  if ((store !== undefined && isKnown) || roots.get(traceId) === parentId || mayRun) return remote(traceId, parentId);
  const hasTrace = roots.has(traceId) || (await store?.rootOf(traceId)) !== undefined;
  throw hasTrace ? problem("noParent", parentId, traceId) : problem("noTrace", traceId);
}

function remote(traceId: string, spanId: string): NonNullable<SpanOptions["parent"]> {
  return traceApi.wrapSpanContext({ traceId, spanId, traceFlags: TraceFlags.SAMPLED });
}

async function whyNotOpen(traceId: string, spanId: string): Promise<TracingError> {
  const standing = (await openSpans()?.spanStanding(traceId, spanId)) ?? "unknown";
  return standing === "ended" ? problem("spanEnded", spanId) : problem("noSpan", spanId, traceId);
}

async function keep(span: RecordedSpan): Promise<Span> {
  const { spanId } = span;
  running.set(spanId, { span, kept: false });
  try {
    const store = openSpans();
    await store?.keepOpen(openSpanOf(span));
    running.set(spanId, { span, kept: store !== undefined });
  } catch (error) {
    // The span goes on; only this process can end it.
    if (!(error instanceof DeliveryError)) throw error;
    report(error.code, error.message, error.remedy);
  }
  return span;
}

function openSpanOf(span: RecordedSpan): OpenSpan {
  const { traceId, spanId, parentId, name, spanType, inputs, trace } = span;
  const [seconds, nanos] = span.startTime;
  return {
    traceId,
    spanId,
    parentId,
    start: {
      name,
      spanType,
      startTimeNs: String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos)),
      ...(inputs !== undefined && { inputs }),
      attributes: span.ownAttributes(),
      ...(trace.tags !== undefined && { tags: trace.tags }),
      ...(trace.experimentId !== undefined && { experimentId: trace.experimentId }),
    },
  };
}

/** A span that another process started, as that process would have ended it. */
function restored({ traceId, spanId, parentId, start }: OpenSpan): RecordedSpan {
  const seed = seedOf(start.name, start.spanType, storeOf(start.attributes ?? {}, "a span"));
  const far: SpanContext | undefined =
    parentId === undefined ? undefined : { traceId, spanId: parentId, traceFlags: TraceFlags.SAMPLED };
  const span = new RecordedSpan(seed, undefined, far, ROOT_CONTEXT, traceId);
  span.takeId(spanId);
  span.startedAtEpoch(BigInt(start.startTimeNs));
  if (start.inputs !== undefined) span.setInputs(start.inputs);
  span.trace = knownTrace(traceId) ?? span.trace;
  if (start.tags !== undefined) span.trace.tags = { ...start.tags, ...span.trace.tags };
  span.trace.experimentId ??= start.experimentId;
  outlet.started(span, ROOT_CONTEXT);
  return span;
}

function purge(): void {
  if (running.size >= LIMIT) {
    for (const [spanId, { span }] of running) if (!span.isRecording()) running.delete(spanId);
  }
  for (const traceId of roots.keys()) {
    if (roots.size < LIMIT) return;
    roots.delete(traceId);
  }
}

function remember(set: Set<string>, item: string): void {
  if (set.size >= LIMIT) set.clear();
  set.add(item);
}
