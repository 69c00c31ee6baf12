/**
 * Who makes the spans. If the program registered an OpenTelemetry TracerProvider, it does. Otherwise the
 * runtime registers its own as the first span is wanted, so that other instrumentations land in our traces.
 */

import {
  type Context,
  context as contextApi,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  type Span as OtelSpan,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  TraceFlags,
  type Tracer,
  type TracerProvider,
  trace as traceApi,
} from "@opentelemetry/api";
import { AdoptedSpan } from "./adopted-span.ts";
import { type AttributeStore, otelAttributes, storeOf } from "./attributes.ts";
import { chooseCarrier, isSpan, isSuppressed, SPAN_KEY } from "./context.ts";
import type { SiteOptions } from "./contract.ts";
import type { Scope } from "./delivery/destination.ts";
import { outlet } from "./delivery/outlet.ts";
import { report } from "./diagnostics.ts";
import { recorderIn } from "./recorders.ts";
import { redactionPaths } from "./redaction-paths.ts";
import { checkProgramsCopy, registeredPart, reportOlderCopy, reportRefusal } from "./registration.ts";
import { OWN_SCOPE } from "./resource.ts";
import { isSampled, sampler } from "./sampling.ts";
import { RecordedSpan, type SpanSeed } from "./span.ts";
import type { CallSpan } from "./span-api.ts";
import { ATTRIBUTE } from "./span-arguments.ts";
import { newSpanId, newTraceId } from "./trace.ts";
import { tellTrace } from "./trace-scope.ts";

interface ProviderState {
  /** Whether it is decided who makes the spans. */
  decided: boolean;
  /** The tracer of the provider that the program registered; `undefined`: ours. */
  foreign: Tracer | undefined;
  /** Whether spans of other instrumentations are recorded by our provider. */
  recording: boolean;
  /** The span of another process below which this process's traces hang. */
  inherited: SpanContext | undefined;
}

const state: ProviderState = { decided: false, foreign: undefined, recording: false, inherited: undefined };

/**
 * Looks again who makes the spans, at the next one. Called when the program configures tracing.
 *
 * @param inherited the span that the process was started in
 */
export function reconsiderProvider(recording: boolean, inherited: SpanContext | undefined): void {
  state.decided = false;
  state.recording = recording;
  state.inherited = inherited;
}

/** Whether the program's own provider makes the spans. */
export function hasForeignProvider(): boolean {
  readyToTrace();
  return state.foreign !== undefined;
}

/** Prepares the making of spans: decides on the provider and the carrier of contexts. */
export function readyToTrace(): void {
  if (state.decided) return;
  state.decided = true;
  state.foreign = foreignTracer();
  chooseCarrier(state.foreign === undefined);
  if (state.foreign === undefined && !isOurs(traceApi.getTracerProvider())) {
    if (traceApi.setGlobalTracerProvider(ownProvider)) checkProgramsCopy();
    else reportRefusal();
  }
}

/**
 * Starts a span of ours or of the program's own provider. Call {@link readyToTrace} before.
 *
 * @param within the context to start in; its span becomes the parent
 * @returns `undefined` where OpenTelemetry asks for silence, and inside a trace that is not recorded
 */
export function startCallSpan(seed: SpanSeed, within: Context, root: boolean): CallSpan | undefined {
  if (state.foreign !== undefined) return startForeign(state.foreign, seed, within, root);
  if (within instanceof RecordedSpan && !root) {
    // The common case, without a look into any Map: a traced function called by another one.
    return isSuppressed(within.base) ? undefined : startChild(seed, within, within.base, within);
  }
  return isSuppressed(within) ? undefined : startOwn(seed, within, root);
}

function startOwn(seed: SpanSeed, within: Context, root: boolean): CallSpan | undefined {
  const parent = within.getValue(SPAN_KEY);
  const base = baseOf(within, parent);
  if (root) return startRoot(seed, undefined, base, within);
  if (parent instanceof RecordedSpan) return startChild(seed, parent, base, within);
  return startRoot(seed, isSpan(parent) ? validContext(parent) : state.inherited, base, within);
}

function startChild(seed: SpanSeed, parent: RecordedSpan, base: Context, within: Context): RecordedSpan {
  if (seed.experimentId !== undefined) reportExperiment(seed);
  return started(new RecordedSpan(seed, parent, undefined, base), within);
}

/** The first span that this process makes of a trace: here it is decided whether the trace is recorded. */
function startRoot(seed: SpanSeed, far: SpanContext | undefined, base: Context, within: Context): CallSpan | undefined {
  const isDecided = far !== undefined && sampler.parentBased;
  if (isDecided && (far.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  const ratio = isDecided || recorderIn(base) !== undefined ? 1 : (seed.samplingRatio ?? sampler.ratio);
  const traceId = ratio < 1 ? (far?.traceId ?? newTraceId()) : undefined;
  if (traceId !== undefined && !isSampled(traceId, ratio)) return unsampledSpan(traceId, base);
  const span = new RecordedSpan(seed, undefined, far, base, traceId);
  if (seed.experimentId !== undefined && far !== undefined) reportExperiment(seed);
  tellTrace(span.trace, far === undefined ? seed.experimentId : undefined, base);
  return started(span, within);
}

/** Stands for a whole trace that is not recorded: it has an identity, and what is started inside is silent. */
function unsampledSpan(traceId: string, base: Context): CallSpan {
  const identity: SpanContext = { traceId, spanId: newSpanId(), traceFlags: TraceFlags.NONE };
  return new AdoptedSpan(traceApi.wrapSpanContext(identity), base);
}

function reportExperiment({ name, experimentId }: SpanSeed): void {
  report(
    "SW2122",
    `the option experimentId of the span ${JSON.stringify(name)} has no effect, because the span is not the root of its trace; ${JSON.stringify(experimentId)} is ignored`,
    "Give it to the root, or make this span one with root: true.",
  );
}

/** The context without its span: what a child may keep without keeping its parent. */
function baseOf(within: Context, parent: unknown): Context {
  if (within instanceof RecordedSpan) return within.base;
  return parent === undefined ? within : within.deleteValue(SPAN_KEY);
}

function validContext(parent: OtelSpan): SpanContext | undefined {
  const context = parent.spanContext();
  return isSpanContextValid(context) ? context : undefined;
}

function started(span: RecordedSpan, within: Context): RecordedSpan {
  outlet.started(span, within);
  return span;
}

function startForeign(tracer: Tracer, seed: SpanSeed, within: Context, root: boolean): CallSpan | undefined {
  if (isSuppressed(within)) return undefined;
  const attributes = seed.fixed === undefined ? {} : otelAttributes(seed.fixed);
  if (seed.spanType !== undefined) attributes[ATTRIBUTE.spanType] = seed.spanType;
  if (seed.experimentId !== undefined) attributes["mlflow.experimentId"] = seed.experimentId;
  const span = tracer.startSpan(seed.name, { kind: seed.kind, attributes, root }, within);
  return new AdoptedSpan(span, within.deleteValue(SPAN_KEY), seed.spanType, seed.redact);
}

/** What a traced function's site, or the program, says of a span that is to be made. */
export function seedOf(
  name: string,
  spanType: string,
  fixed: AttributeStore | undefined,
  options: SeedOptions = {},
): SpanSeed {
  const { redact, experimentId, samplingRatio } = options;
  return {
    name,
    spanType,
    scope: OWN_SCOPE,
    kind: SpanKind.INTERNAL,
    fixed,
    fixedJson: undefined,
    redact: redact === undefined ? undefined : redactionPaths(redact),
    experimentId,
    samplingRatio,
  };
}

/** Options of a mark that the making of its spans follows. */
export type SeedOptions = Pick<SiteOptions, "redact" | "experimentId" | "samplingRatio">;

/** The tracer of the provider the program registered with OpenTelemetry's API. */
function foreignTracer(): Tracer | undefined {
  const provider = registeredPart("trace");
  if (!isProvider(provider) || isOurs(provider)) return undefined;
  if (provider !== traceApi.getTracerProvider()) reportOlderCopy();
  // The API hands out a proxy, which has no tracer to delegate to until a provider is registered.
  if ("getDelegateTracer" in provider && typeof provider.getDelegateTracer === "function") {
    const tracer: unknown = provider.getDelegateTracer(OWN_SCOPE.name);
    return isTracer(tracer) ? tracer : undefined;
  }
  return provider.getTracer(OWN_SCOPE.name);
}

function isProvider(part: unknown): part is TracerProvider {
  return typeof part === "object" && part !== null && "getTracer" in part;
}

function isTracer(value: unknown): value is Tracer {
  return typeof value === "object" && value !== null && "startSpan" in value;
}

function isOurs(provider: TracerProvider): boolean {
  if (provider instanceof OwnTracerProvider) return true;
  return (
    "getDelegate" in provider &&
    typeof provider.getDelegate === "function" &&
    provider.getDelegate() instanceof OwnTracerProvider
  );
}

/** OpenTelemetry's provider of tracers whose spans are ours. */
class OwnTracerProvider implements TracerProvider {
  getTracer(name: string, version?: string, options?: { schemaUrl?: string }): Tracer {
    const scope: Scope = {
      name,
      ...(version !== undefined && { version }),
      ...(options?.schemaUrl !== undefined && { schemaUrl: options.schemaUrl }),
    };
    return new OwnTracer(scope);
  }

  forceFlush(): Promise<void> {
    return outlet.flush();
  }

  shutdown(): Promise<void> {
    return outlet.shutdown();
  }
}

const ownProvider = new OwnTracerProvider();

class OwnTracer implements Tracer {
  private readonly scope: Scope;

  constructor(scope: Scope) {
    this.scope = scope;
  }

  startSpan(name: string, options: SpanOptions = {}, within: Context = contextApi.active()): OtelSpan {
    if (!state.recording || isSuppressed(within)) return silentSpan(within, options.root === true);
    const seed: SpanSeed = {
      name,
      spanType: undefined,
      scope: this.scope,
      kind: options.kind ?? SpanKind.INTERNAL,
      fixed: options.attributes === undefined ? undefined : storeOf(options.attributes, "startSpan"),
      fixedJson: undefined,
      redact: undefined,
      experimentId: undefined,
      samplingRatio: undefined,
    };
    const span = startOwn(seed, within, options.root === true);
    if (!(span instanceof RecordedSpan)) return span ?? silentSpan(within, options.root === true);
    if (options.startTime !== undefined) span.startedAt(options.startTime);
    if (options.links !== undefined) span.addLinks(options.links);
    return span;
  }

  startActiveSpan<F extends (span: OtelSpan) => ReturnType<F>>(name: string, body: F): ReturnType<F>;
  startActiveSpan<F extends (span: OtelSpan) => ReturnType<F>>(
    name: string,
    options: SpanOptions,
    body: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: OtelSpan) => ReturnType<F>>(
    name: string,
    options: SpanOptions,
    within: Context,
    body: F,
  ): ReturnType<F>;
  startActiveSpan<F extends (span: OtelSpan) => ReturnType<F>>(
    name: string,
    ...rest: [F] | [SpanOptions, F] | [SpanOptions, Context, F]
  ): ReturnType<F> {
    const [options, within, body] = activeArguments(rest);
    const span = this.startSpan(name, options, within);
    return contextApi.with(traceApi.setSpan(within, span), () => body(span));
  }
}

function activeArguments<F>(rest: [F] | [SpanOptions, F] | [SpanOptions, Context, F]): [SpanOptions, Context, F] {
  if (rest.length === 1) return [{}, contextApi.active(), rest[0]];
  return rest.length === 2 ? [rest[0], contextApi.active(), rest[1]] : rest;
}

/** A span that hands its parent's identity on and records nothing. */
function silentSpan(within: Context, root: boolean): OtelSpan {
  const parent = root ? undefined : within.getValue(SPAN_KEY);
  return traceApi.wrapSpanContext(isSpan(parent) ? parent.spanContext() : INVALID_SPAN_CONTEXT);
}
