/**
 * A span of ours: OpenTelemetry's Span, its SDK's ReadableSpan and its Context in one lean object, with
 * MLflow's methods on top. Ids, times and attributes take OpenTelemetry's shape when they are asked for.
 */

import {
  type Attributes,
  type Context,
  type HrTime,
  type Link,
  SpanStatusCode as OtelStatusCode,
  type SpanContext,
  SpanKind,
  type SpanStatus,
  type TimeInput,
  TraceFlags,
} from "@opentelemetry/api";
import {
  ATTRIBUTE_LIMIT,
  type AttributeStore,
  attributesJson,
  badArgument,
  entriesOf,
  eventAttributes,
  otelAttributes,
  storeAttribute,
} from "./attributes.ts";
import { dataOf, render, SHOWN } from "./capture.ts";
import { deleteValueBeside, enterBlock, SPAN_KEY, setValueBeside } from "./context.ts";
import type {
  FinishedEvent,
  FinishedLink,
  FinishedSpan,
  OtelDetails,
  Scope,
  StatusCode,
} from "./delivery/destination.ts";
import { outlet } from "./delivery/outlet.ts";
import { describeException, statusMessageOf } from "./exceptions.ts";
import { genAiCallOf } from "./gen-ai.ts";
import { makeKnown } from "./known-traces.ts";
import { type RedactionPath, redactJson } from "./redaction-paths.ts";
import { OWN_SCOPE, type Resource, resource } from "./resource.ts";
import { type CallSpan, type SpanEnd, type SpanEvent, SpanType } from "./span-api.ts";
import {
  ATTRIBUTE,
  endOf,
  eventOf,
  exceptionAttributes,
  isReadable,
  isTime,
  parsed,
  STATUS_NAMES,
  type StatusView,
  statusOf,
  statusView,
  timeOf,
} from "./span-arguments.ts";
import { USAGE_ATTRIBUTE } from "./token-usage.ts";
import { hex64, nanosOf, randomWord, Trace } from "./trace.ts";
import { noteEnd } from "./trace-scope.ts";

/** Events and links of one span; further ones are counted only. The chunks of a stream have a limit of their own. */
const EVENT_LIMIT = 2048;
const LINK_LIMIT = 1024;

interface StoredEvent {
  readonly name: string;
  /** On the trace's clock. */
  readonly at: number;
  readonly attributes: Attributes | undefined;
}

/** What a new span is told. */
export interface SpanSeed {
  readonly name: string;
  /** `undefined` for spans of other libraries. */
  readonly spanType: string | undefined;
  readonly scope: Scope;
  readonly kind: SpanKind;
  /** Attributes that all spans of one site share. */
  readonly fixed: AttributeStore | undefined;
  /** Their JSON text, once it was wanted. */
  fixedJson: string | undefined;
  /** Paths into inputs and outputs whose values are replaced. */
  readonly redact: readonly RedactionPath[] | undefined;
  /** Experiment of the trace that the span is the root of. */
  readonly experimentId: string | undefined;
  /** Part of the traces that it is the root of that is recorded; `undefined`: the sampler's. */
  readonly samplingRatio: number | undefined;
}

/** A span that is recorded here. */
export class RecordedSpan implements CallSpan, Context {
  name: string;
  trace: Trace;
  /** The context without a span in which this one was started. */
  readonly base: Context;
  droppedAttributesCount: number;
  droppedEventsCount: number;
  droppedLinksCount: number;
  ended: boolean;
  private type: string | undefined;
  private seed: SpanSeed;
  private own: AttributeStore | undefined;
  private idHigh: number;
  private idLow: number;
  private idText: string | undefined;
  // The parent is copied, not kept: a chain of finished spans would never be released.
  private parentHigh: number;
  private parentLow: number;
  private parentText: string | undefined;
  private parentIsRemote: boolean;
  private startAt: number;
  private endAt: number;
  private inputsJson: string | undefined;
  private outputsJson: string | undefined;
  private outputsAreFinal: boolean;
  private statusCode: OtelStatusCode;
  private statusText: string | undefined;
  private eventList: StoredEvent[] | undefined;
  private linkList: Link[] | undefined;
  private identity: SpanContext | undefined;
  private finalAttributes: Attributes | undefined;

  /**
   * @param near the parent when it is a span of ours
   * @param far the parent when it was made elsewhere
   * @param base the current context without its span
   * @param traceId of a new trace, when it is known already
   */
  constructor(
    seed: SpanSeed,
    near: RecordedSpan | undefined,
    far: SpanContext | undefined,
    base: Context,
    traceId?: string,
  ) {
    const now = performance.now();
    this.name = seed.name;
    this.trace = near === undefined ? new Trace(now, far?.traceId ?? traceId) : near.trace;
    this.base = base;
    this.droppedAttributesCount = 0;
    this.droppedEventsCount = 0;
    this.droppedLinksCount = 0;
    this.ended = false;
    this.type = seed.spanType;
    this.seed = seed;
    this.own = undefined;
    this.idHigh = randomWord();
    this.idLow = randomWord();
    this.idText = undefined;
    this.parentHigh = near === undefined ? 0 : near.idHigh;
    this.parentLow = near === undefined ? 0 : near.idLow;
    this.parentText = far?.spanId;
    this.parentIsRemote = far?.isRemote === true;
    this.startAt = now;
    this.endAt = now;
    this.inputsJson = undefined;
    this.outputsJson = undefined;
    this.outputsAreFinal = false;
    this.statusCode = OtelStatusCode.UNSET;
    this.statusText = undefined;
    this.eventList = undefined;
    this.linkList = undefined;
    this.identity = undefined;
    this.finalAttributes = undefined;
    if (far?.traceState !== undefined) this.trace.traceState = far.traceState;
  }

  // What a frame does.

  get context(): Context {
    return this;
  }

  captureInputs(json: string | undefined): void {
    this.inputsJson = this.shown(json);
  }

  captureOutputs(json: string | undefined): void {
    if (!this.outputsAreFinal) this.outputsJson = this.shown(json);
  }

  captureChunk(index: number, json: string): string {
    const shown = this.shown(json) ?? json;
    this.pushEvent(`mlflow.chunk.item.${index}`, performance.now(), { [ATTRIBUTE.chunk]: shown });
    return shown;
  }

  redactAt(paths: readonly RedactionPath[]): void {
    this.seed = { ...this.seed, redact: paths };
    this.inputsJson = this.shown(this.inputsJson);
  }

  failed(thrown: unknown): void {
    if (this.ended) return;
    this.statusCode = OtelStatusCode.ERROR;
    this.statusText = this.pushException(thrown, performance.now());
  }

  finish(): void {
    if (!this.ended) this.finishAt(performance.now());
  }

  /** Makes the span the root of a new trace; it must not have children yet. */
  uproot(): void {
    this.trace = new Trace(this.startAt, undefined);
    this.parentHigh = 0;
    this.parentLow = 0;
    this.parentText = undefined;
    this.identity = undefined;
  }

  /** Whether it is the first span that this process made of its trace. */
  get isLocalRoot(): boolean {
    return this.parentHigh === 0;
  }

  /** Less than 0 when it started before another span of its trace. */
  startedBefore(other: RecordedSpan): number {
    return this.startAt - other.startAt;
  }

  /** Takes the id that it has in another process. */
  takeId(spanId: string): void {
    this.idText = spanId;
    // Never 0, which says that there is no parent.
    this.idHigh = Number.parseInt(spanId.slice(0, 8), 16) | 0 || 1;
    this.idLow = Number.parseInt(spanId.slice(8), 16) | 0;
  }

  /** The attributes without MLflow's own and those of its site. */
  ownAttributes(): Attributes {
    const all: Attributes = {};
    if (this.seed.fixed !== undefined) otelAttributes(this.seed.fixed, all);
    return this.own === undefined ? all : otelAttributes(this.own, all);
  }

  /** Ends the span without a trace of it. */
  drop(): void {
    this.ended = true;
  }

  /** Moves the start, for spans that began before they were made. */
  startedAt(time: TimeInput): void {
    this.startAt = this.trace.at(time);
  }

  /** {@link startedAt}, in nanoseconds since the Unix epoch. */
  startedAtEpoch(nanos: number | bigint): void {
    this.startAt = this.trace.atEpochNanos(nanos);
  }

  // OpenTelemetry's context.

  getValue(key: symbol): unknown {
    return key === SPAN_KEY ? this : this.base.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return value === this && key === SPAN_KEY ? this : setValueBeside(this, this.base, key, value);
  }

  deleteValue(key: symbol): Context {
    return deleteValueBeside(this, this.base, key);
  }

  // MLflow's and OpenTelemetry's span.

  spanContext(): SpanContext {
    if (this.identity === undefined) {
      const { traceId, traceState } = this.trace;
      this.identity = { traceId, spanId: this.spanId, traceFlags: TraceFlags.SAMPLED };
      if (traceState !== undefined) this.identity.traceState = traceState;
    }
    return this.identity;
  }

  isRecording(): boolean {
    return !this.ended;
  }

  setInputs(inputs: unknown): this {
    if (!this.ended) this.captureInputs(render(inputs));
    return this;
  }

  setOutputs(outputs: unknown): this {
    if (this.ended) return this;
    this.outputsJson = this.shown(render(outputs));
    this.outputsAreFinal = true;
    return this;
  }

  setSpanType(type: string): this {
    if (this.ended) return this;
    if (typeof type === "string") this.type = type;
    else badArgument("setSpanType", "a string, such as SpanType.LLM", type);
    return this;
  }

  setAttribute(key: string, value: unknown): this {
    if (this.ended) return this;
    if (typeof key !== "string" || key === "") badArgument("setAttribute", "a name that is a string", key);
    else if (!this.setMainPart(key, value)) this.store(key, value);
    return this;
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): this {
    if (this.ended) return this;
    for (const [key, value] of entriesOf(attributes, "setAttributes")) this.setAttribute(key, value);
    return this;
  }

  setStatus(status: StatusCode | SpanStatus, description?: string): this {
    if (this.ended || this.statusCode === OtelStatusCode.OK) return this;
    const given = statusOf(status, description);
    if (given === undefined || given.code === OtelStatusCode.UNSET) return this;
    this.statusCode = given.code;
    this.statusText = given.code === OtelStatusCode.ERROR ? given.message : undefined;
    return this;
  }

  addEvent(first: string | SpanEvent, second?: Readonly<Record<string, unknown>> | TimeInput, third?: TimeInput): this {
    const event = this.ended ? undefined : eventOf(first, second, third);
    if (event === undefined) return this;
    if ((this.eventList?.length ?? 0) >= EVENT_LIMIT) this.droppedEventsCount += 1;
    else this.pushEvent(event.name, timeOf(this.trace, event), event.attributes);
    return this;
  }

  recordException(exception: unknown, time?: TimeInput): void {
    if (this.ended) return;
    const message = this.pushException(exception, this.trace.at(isTime(time) ? time : undefined));
    // OpenTelemetry's libraries set the status themselves, or leave it on purpose.
    if (this.seed.scope !== OWN_SCOPE || this.statusCode === OtelStatusCode.OK) return;
    this.statusCode = OtelStatusCode.ERROR;
    this.statusText ??= message;
  }

  addLink(link: Link): this {
    if (this.ended) return this;
    if (!isLink(link)) {
      badArgument("addLink", "an object { context: { traceId, spanId } }", link);
      return this;
    }
    this.linkList ??= [];
    if (this.linkList.length >= LINK_LIMIT) {
      this.droppedLinksCount += 1;
      return this;
    }
    const attributes = eventAttributes(link.attributes, "addLink");
    this.linkList.push(attributes === undefined ? { context: link.context } : { context: link.context, attributes });
    return this;
  }

  addLinks(links: readonly Link[]): this {
    if (!isReadable(links) || !Array.isArray(links)) badArgument("addLinks", "a list of links", links);
    else for (const link of links) this.addLink(link);
    return this;
  }

  updateName(name: string): this {
    if (this.ended) return this;
    if (typeof name === "string") this.name = name;
    else badArgument("updateName", "a string", name);
    return this;
  }

  end(end?: TimeInput | SpanEnd): void {
    if (this.ended) return;
    const given = endOf(end);
    if (given === undefined) {
      this.finishAt(this.trace.at(isTime(end) ? end : undefined));
      return;
    }
    if (given.outputs !== undefined) this.setOutputs(given.outputs);
    if (given.attributes !== undefined) this.setAttributes(given.attributes);
    if (given.status !== undefined) this.setStatus(given.status);
    this.finishAt(given.endTimeNs === undefined ? performance.now() : this.trace.atEpochNanos(given.endTimeNs));
  }

  get [Symbol.dispose](): () => void {
    return enterBlock(this);
  }

  [SHOWN](): object {
    return { name: this.name, traceId: this.trace.traceId, spanId: this.spanId };
  }

  get traceId(): string {
    makeKnown(this.trace);
    return this.trace.traceId;
  }

  get spanId(): string {
    this.idText ??= hex64(this.idHigh, this.idLow);
    return this.idText;
  }

  get parentId(): string | undefined {
    if (this.parentHigh !== 0) this.parentText ??= hex64(this.parentHigh, this.parentLow);
    return this.parentText;
  }

  getAttribute(key: string): unknown {
    return this.attributes[key];
  }

  get spanType(): string {
    return this.type ?? SpanType.UNKNOWN;
  }

  get inputs(): unknown {
    return parsed(this.inputsJson);
  }

  get outputs(): unknown {
    return parsed(this.outputsJson);
  }

  // The SDK's ReadableSpan.

  get kind(): SpanKind {
    return this.seed.kind;
  }

  get instrumentationScope(): Scope {
    return this.seed.scope;
  }

  get parentSpanContext(): SpanContext | undefined {
    const { parentId } = this;
    if (parentId === undefined) return undefined;
    const parent: SpanContext = { traceId: this.trace.traceId, spanId: parentId, traceFlags: TraceFlags.SAMPLED };
    if (this.parentIsRemote) parent.isRemote = true;
    return parent;
  }

  get attributes(): Attributes {
    if (this.finalAttributes !== undefined) return this.finalAttributes;
    const all: Attributes = {};
    if (this.type !== undefined) all[ATTRIBUTE.spanType] = this.type;
    if (this.seed.fixed !== undefined) otelAttributes(this.seed.fixed, all);
    if (this.inputsJson !== undefined) all[ATTRIBUTE.inputs] = this.inputsJson;
    if (this.outputsJson !== undefined) all[ATTRIBUTE.outputs] = this.outputsJson;
    if (this.own !== undefined) otelAttributes(this.own, all);
    if (this.ended) this.finalAttributes = all;
    return all;
  }

  get events(): { name: string; time: HrTime; attributes: Attributes; droppedAttributesCount: number }[] {
    return (this.eventList ?? []).map(({ name, at, attributes }) => ({
      name,
      time: this.trace.hrTime(at),
      attributes: attributes ?? {},
      droppedAttributesCount: 0,
    }));
  }

  get links(): Link[] {
    return this.linkList ?? [];
  }

  get status(): StatusView {
    return statusView(this.statusCode, this.statusText);
  }

  get startTime(): HrTime {
    return this.trace.hrTime(this.startAt);
  }

  get endTime(): HrTime {
    return this.trace.hrTime(this.endAt);
  }

  get duration(): HrTime {
    const nanos = this.durationNs;
    return [Math.floor(nanos / 1e9), nanos % 1e9];
  }

  get resource(): Resource {
    return resource();
  }

  /** The span as places that keep spans take it. */
  finished(): FinishedSpan {
    const { trace } = this;
    return {
      trace,
      spanId: this.spanId,
      parentId: this.parentId,
      name: this.name,
      spanType: this.spanType,
      startUs: trace.micros(this.startAt),
      startNs: trace.nanos(this.startAt),
      durationNs: this.durationNs,
      status: STATUS_NAMES[this.statusCode],
      statusMessage: this.statusText,
      inputs: this.inputsJson,
      outputs: this.outputsJson,
      attributesJson: this.own === undefined ? fixedJsonOf(this.seed) : attributesJson(this.seed.fixed, this.own),
      finishedEvents: this.eventList?.map((event) => finishedEvent(event, trace)) ?? NONE,
      finishedLinks: this.linkList?.map(finishedLink) ?? NONE,
      otel: this.otelDetails(),
    };
  }

  private otelDetails(): OtelDetails | undefined {
    const { seed, trace, droppedAttributesCount, droppedEventsCount, droppedLinksCount } = this;
    const isPlain = seed.kind === SpanKind.INTERNAL && seed.scope === OWN_SCOPE && !this.parentIsRemote;
    const dropped = droppedAttributesCount + droppedEventsCount + droppedLinksCount;
    if (isPlain && dropped === 0 && trace.traceState === undefined) return undefined;
    return {
      ...(seed.kind !== SpanKind.INTERNAL && { kind: seed.kind }),
      ...(seed.scope !== OWN_SCOPE && { scope: seed.scope }),
      ...(trace.traceState !== undefined && { traceState: trace.traceState.serialize() }),
      ...(this.parentIsRemote && { parentIsRemote: true }),
      ...(droppedAttributesCount > 0 && { droppedAttributes: droppedAttributesCount }),
      ...(droppedEventsCount > 0 && { droppedEvents: droppedEventsCount }),
      ...(droppedLinksCount > 0 && { droppedLinks: droppedLinksCount }),
    };
  }

  private shown(json: string | undefined): string | undefined {
    const { redact } = this.seed;
    return redact === undefined || json === undefined ? json : redactJson(json, redact);
  }

  private get durationNs(): number {
    return Math.max(0, nanosOf(this.endAt - this.startAt));
  }

  private finishAt(at: number): void {
    this.endAt = Math.max(at, this.startAt);
    if (this.statusCode === OtelStatusCode.UNSET && this.seed.scope === OWN_SCOPE) {
      this.statusCode = OtelStatusCode.OK;
    }
    if (this.seed.scope !== OWN_SCOPE) this.tellInOurWords();
    if (outlet.edits && !outlet.admits(this)) return;
    this.ended = true;
    if (this.parentHigh === 0) noteEnd(this.trace, this.base);
    outlet.finished(this);
  }

  /** Other libraries have names of their own for what MLflow has names for. */
  private tellInOurWords(): void {
    const call = genAiCallOf(this.attributes);
    if (call === undefined) return;
    this.type ??= call.spanType;
    if (this.inputsJson === undefined && call.inputs !== undefined) this.setInputs(call.inputs);
    if (this.outputsJson === undefined && call.outputs !== undefined) this.setOutputs(call.outputs);
    if (call.usage !== undefined) this.setAttribute(USAGE_ATTRIBUTE, call.usage);
  }

  /** The parts that MLflow keeps among the attributes have places of their own here. */
  private setMainPart(key: string, value: unknown): boolean {
    switch (key) {
      case ATTRIBUTE.inputs:
        this.setInputs(fromJson(value));
        return true;
      case ATTRIBUTE.outputs:
        this.setOutputs(fromJson(value));
        return true;
      case ATTRIBUTE.spanType:
        this.setSpanType(String(fromJson(value)));
        return true;
      default:
        return false;
    }
  }

  private store(key: string, value: unknown): void {
    this.own ??= new Map();
    if (this.own.size >= ATTRIBUTE_LIMIT && !this.own.has(key)) this.droppedAttributesCount += 1;
    else storeAttribute(this.own, key, value);
  }

  private pushEvent(name: string, at: number, attributes: Attributes | undefined): void {
    this.eventList ??= [];
    this.eventList.push({ name, at, attributes });
  }

  /** Adds the event of an exception; returns the status message that goes with it. */
  private pushException(thrown: unknown, at: number): string {
    const exception = describeException(thrown);
    this.pushEvent("exception", at, exceptionAttributes(exception));
    return statusMessageOf(exception);
  }
}

/** The value of a JSON text, where it is one: MLflow's libraries set main parts as text. */
function fromJson(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isLink(given: unknown): given is Link {
  const context = isReadable(given) ? dataOf(given, "context") : undefined;
  return (
    isReadable(context) &&
    typeof dataOf(context, "traceId") === "string" &&
    typeof dataOf(context, "spanId") === "string"
  );
}

/** Most spans have no events and no links. */
const NONE: readonly never[] = [];

function finishedEvent({ name, at, attributes }: StoredEvent, trace: Trace): FinishedEvent {
  const event = { name, timeUs: trace.micros(at) };
  return attributes === undefined ? event : { ...event, attributes };
}

function finishedLink({ context: { traceId, spanId }, attributes }: Link): FinishedLink {
  return attributes === undefined ? { traceId, spanId } : { traceId, spanId, attributes };
}

function fixedJsonOf(seed: SpanSeed): string | undefined {
  seed.fixedJson ??= attributesJson(seed.fixed, undefined);
  return seed.fixedJson;
}
