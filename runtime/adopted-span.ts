/** A span that another tracer provider made, with MLflow's methods on top: what they set becomes its attributes. */

import {
  type Attributes,
  type Context,
  INVALID_SPAN_CONTEXT,
  type Link,
  type Span as OtelSpan,
  SpanStatusCode as OtelStatusCode,
  ROOT_CONTEXT,
  type SpanContext,
  type SpanStatus,
  type TimeInput,
  trace,
} from "@opentelemetry/api";
import { badArgument, entriesOf, otelAttributes, storeAttribute } from "./attributes.ts";
import { render, SHOWN } from "./capture.ts";
import { enterBlock, SpanInContext } from "./context.ts";
import type { StatusCode } from "./delivery/destination.ts";
import { describeException, statusMessageOf } from "./exceptions.ts";
import { type RedactionPath, redactJson } from "./redaction-paths.ts";
import { type CallSpan, type SpanEnd, type SpanEvent, SpanType } from "./span-api.ts";
import {
  ATTRIBUTE,
  endOf,
  eventOf,
  exceptionAttributes,
  isTime,
  parsed,
  type StatusView,
  statusOf,
  statusView,
} from "./span-arguments.ts";

const adopted = new WeakMap<OtelSpan, AdoptedSpan>();

/** A span of another provider as one of ours; the same object for the same span. */
export function adopt(span: OtelSpan): AdoptedSpan {
  const known = adopted.get(span);
  if (known !== undefined) return known;
  const adoptedSpan = new AdoptedSpan(span, ROOT_CONTEXT);
  adopted.set(span, adoptedSpan);
  return adoptedSpan;
}

/** A span that records nothing, for code that asks for one while tracing is off. */
export function noSpan(): CallSpan {
  return adopt(trace.wrapSpanContext({ ...INVALID_SPAN_CONTEXT }));
}

/** What another provider's span is to us. */
export class AdoptedSpan implements CallSpan {
  private readonly span: OtelSpan;
  readonly context: Context;
  private type: string | undefined;
  private inputsJson: string | undefined;
  private outputsJson: string | undefined;
  private outputsAreFinal = false;
  private hasStatus = false;
  private redact: readonly RedactionPath[] | undefined;

  /**
   * @param base the context the span was started in, without its parent
   * @param type the span type it was started with
   * @param redact paths into inputs and outputs whose values are replaced
   */
  constructor(span: OtelSpan, base: Context, type?: string, redact?: readonly RedactionPath[]) {
    this.span = span;
    this.type = type;
    this.redact = redact;
    this.context = new SpanInContext(span, base);
    adopted.set(span, this);
  }

  captureInputs(json: string | undefined): void {
    if (json === undefined && this.inputsJson === undefined) return;
    this.inputsJson = this.shown(json);
    // OpenTelemetry cannot remove an attribute.
    this.span.setAttribute(ATTRIBUTE.inputs, this.inputsJson ?? "{}");
  }

  captureOutputs(json: string | undefined): void {
    if (this.outputsAreFinal || (json === undefined && this.outputsJson === undefined)) return;
    this.outputsJson = this.shown(json);
    // OpenTelemetry cannot remove an attribute; only a `finally` that overrides a `return` gets here without a text.
    this.span.setAttribute(ATTRIBUTE.outputs, this.outputsJson ?? "null");
  }

  captureChunk(index: number, json: string): string {
    const shown = this.shown(json) ?? json;
    this.span.addEvent(`mlflow.chunk.item.${index}`, { [ATTRIBUTE.chunk]: shown });
    return shown;
  }

  redactAt(paths: readonly RedactionPath[]): void {
    this.redact = paths;
    this.captureInputs(this.inputsJson);
  }

  failed(thrown: unknown): void {
    this.recordException(thrown);
  }

  finish(): void {
    this.setDefaultStatus();
    this.span.end();
  }

  spanContext(): SpanContext {
    return this.span.spanContext();
  }

  isRecording(): boolean {
    return this.span.isRecording();
  }

  setInputs(inputs: unknown): this {
    if (this.isRecording()) this.captureInputs(render(inputs));
    return this;
  }

  setOutputs(outputs: unknown): this {
    if (!this.isRecording()) return this;
    this.outputsAreFinal = false;
    this.captureOutputs(render(outputs));
    this.outputsAreFinal = true;
    return this;
  }

  setSpanType(type: string): this {
    if (!this.isRecording()) return this;
    if (typeof type !== "string") {
      badArgument("setSpanType", "a string, such as SpanType.LLM", type);
      return this;
    }
    this.type = type;
    this.span.setAttribute(ATTRIBUTE.spanType, type);
    return this;
  }

  setAttribute(key: string, value: unknown): this {
    if (!this.isRecording()) return this;
    if (typeof key !== "string" || key === "") badArgument("setAttribute", "a name that is a string", key);
    else this.setStored([[key, value]]);
    return this;
  }

  setAttributes(attributes: Readonly<Record<string, unknown>>): this {
    if (this.isRecording()) this.setStored(entriesOf(attributes, "setAttributes"));
    return this;
  }

  setStatus(status: StatusCode | SpanStatus, description?: string): this {
    const given = this.isRecording() ? statusOf(status, description) : undefined;
    if (given === undefined || given.code === OtelStatusCode.UNSET) return this;
    this.hasStatus = true;
    this.span.setStatus(given);
    return this;
  }

  addEvent(first: string | SpanEvent, second?: Readonly<Record<string, unknown>> | TimeInput, third?: TimeInput): this {
    const event = this.isRecording() ? eventOf(first, second, third) : undefined;
    if (event === undefined) return this;
    const time = event.nanos === undefined ? event.time : Number(event.nanos) / 1e6;
    if (time === undefined) this.span.addEvent(event.name, event.attributes);
    else this.span.addEvent(event.name, event.attributes ?? {}, time);
    return this;
  }

  recordException(exception: unknown, time?: TimeInput): void {
    if (!this.isRecording()) return;
    const described = describeException(exception);
    const attributes = exceptionAttributes(described);
    if (!isTime(time)) this.span.addEvent("exception", attributes);
    else this.span.addEvent("exception", attributes, time);
    this.hasStatus = true;
    this.span.setStatus({ code: OtelStatusCode.ERROR, message: statusMessageOf(described) });
  }

  addLink(link: Link): this {
    this.span.addLink(link);
    return this;
  }

  addLinks(links: Link[]): this {
    this.span.addLinks(links);
    return this;
  }

  updateName(name: string): this {
    if (typeof name === "string") this.span.updateName(name);
    else badArgument("updateName", "a string", name);
    return this;
  }

  end(end?: TimeInput | SpanEnd): void {
    if (!this.isRecording()) return;
    const given = endOf(end);
    if (given?.outputs !== undefined) this.setOutputs(given.outputs);
    if (given?.attributes !== undefined) this.setAttributes(given.attributes);
    if (given?.status !== undefined) this.setStatus(given.status);
    this.setDefaultStatus();
    if (given?.endTimeNs !== undefined) this.span.end(Number(given.endTimeNs) / 1e6);
    else this.span.end(isTime(end) ? end : undefined);
  }

  get [Symbol.dispose](): () => void {
    return enterBlock(this);
  }

  [SHOWN](): object {
    return { name: this.name, traceId: this.traceId, spanId: this.spanId };
  }

  get traceId(): string {
    return this.span.spanContext().traceId;
  }

  get spanId(): string {
    return this.span.spanContext().spanId;
  }

  get parentId(): string | undefined {
    const parent: unknown = Reflect.get(this.span, "parentSpanContext");
    return typeof parent === "object" && parent !== null && "spanId" in parent ? String(parent.spanId) : undefined;
  }

  get name(): string {
    return String(Reflect.get(this.span, "name") ?? "");
  }

  get status(): StatusView {
    const status: unknown = Reflect.get(this.span, "status");
    const known = statusOf(status ?? { code: OtelStatusCode.UNSET }, undefined);
    return statusView(known?.code ?? OtelStatusCode.UNSET, known?.message);
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

  get attributes(): Attributes {
    return { ...Reflect.get(this.span, "attributes") };
  }

  private shown(json: string | undefined): string | undefined {
    return this.redact === undefined || json === undefined ? json : redactJson(json, this.redact);
  }

  private setStored(entries: readonly [string, unknown][]): void {
    const store = new Map();
    for (const [key, value] of entries) storeAttribute(store, key, value);
    this.span.setAttributes(otelAttributes(store));
  }

  /** MLflow's rule: what did not fail is `OK`. A span that somebody else ends is left alone. */
  private setDefaultStatus(): void {
    if (!this.hasStatus) this.span.setStatus({ code: OtelStatusCode.OK });
  }
}
