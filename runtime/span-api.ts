/** The span as programs see it: OpenTelemetry's Span with MLflow's methods. */

import type { Attributes, Context, Span as OtelSpan, SpanContext, SpanStatus, TimeInput } from "@opentelemetry/api";

import type { RedactionPath } from "./redaction-paths.ts";

/** MLflow's span types; any other string is a span type too. */
export const SpanType = {
  LLM: "LLM",
  CHAIN: "CHAIN",
  AGENT: "AGENT",
  TOOL: "TOOL",
  CHAT_MODEL: "CHAT_MODEL",
  RETRIEVER: "RETRIEVER",
  PARSER: "PARSER",
  EMBEDDING: "EMBEDDING",
  RERANKER: "RERANKER",
  MEMORY: "MEMORY",
  UNKNOWN: "UNKNOWN",
  WORKFLOW: "WORKFLOW",
  TASK: "TASK",
  GUARDRAIL: "GUARDRAIL",
  EVALUATOR: "EVALUATOR",
} as const;

/** One of MLflow's span types. */
export type SpanType = (typeof SpanType)[keyof typeof SpanType];

/** The codes of a span's status. */
export const SpanStatusCode = { UNSET: "UNSET", OK: "OK", ERROR: "ERROR" } as const;

/** One of the codes of a span's status. */
export type SpanStatusCode = (typeof SpanStatusCode)[keyof typeof SpanStatusCode];

/** An event in MLflow's form. */
export interface SpanEvent {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Nanoseconds since the Unix epoch; now when absent. */
  readonly timestamp?: number | bigint;
}

/** What can be set as a span ends, in MLflow's form. */
export interface SpanEnd {
  readonly outputs?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly status?: SpanStatusCode | SpanStatus;
  /** Nanoseconds since the Unix epoch; now when absent. */
  readonly endTimeNs?: number | bigint;
}

/**
 * A running span. Calls after its end have no effect. Nothing here throws; an argument that cannot be used is
 * reported once on stderr (`SW2103`).
 */
export interface Span extends OtelSpan {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** The parent's {@link spanId}; `undefined` for the root. */
  readonly parentId: string | undefined;
  readonly name: string;
  /** The span type, `UNKNOWN` when none was set. */
  readonly spanType: string;
  /** The inputs as captured: what their JSON text says. */
  readonly inputs: unknown;
  /** The outputs as captured: what their JSON text says. */
  readonly outputs: unknown;
  /** The status as it stands, with OpenTelemetry's names and MLflow's. */
  readonly status: SpanStatus & { readonly statusCode: SpanStatusCode; readonly description: string };
  /** All attributes in OpenTelemetry's form; a changed copy does not change the span. */
  readonly attributes: Attributes;

  /** One of {@link attributes}. */
  getAttribute(key: string): unknown;
  /** Replaces the inputs. The value is rendered now; later changes to it do not show. */
  setInputs(inputs: unknown): this;
  /** Sets the outputs; what the function returns then no longer does. */
  setOutputs(outputs: unknown): this;
  /** Sets the span type, one of {@link SpanType} or any string. */
  setSpanType(type: string): this;
  /** Sets an attribute to any value; what OpenTelemetry has no form for becomes JSON text. */
  setAttribute(key: string, value: unknown): this;
  setAttributes(attributes: Readonly<Record<string, unknown>>): this;
  /** `setStatus("ERROR", "no answer")`, or OpenTelemetry's form. `OK` is final, `UNSET` changes nothing. */
  setStatus(status: SpanStatusCode | SpanStatus, description?: string): this;
  addEvent(event: SpanEvent): this;
  addEvent(name: string, attributesOrTime?: Readonly<Record<string, unknown>> | TimeInput, time?: TimeInput): this;
  /** Records an exception of any kind as an event; the span of a traced function also gets the status `ERROR`. */
  recordException(exception: unknown, time?: TimeInput): void;
  /** Ends the span, without a status set with `OK`. */
  end(end?: TimeInput | SpanEnd): void;
  /**
   * For `using span = startSpan(...)`, which reads this as it declares the variable: makes the span current. What
   * is read gives the context before back, and ends the span.
   */
  readonly [Symbol.dispose]: () => void;
}

/** What the frame of a call does with its span, beside what the program may. */
export interface CallSpan extends Span {
  /** The context in which the span is the current one. */
  readonly context: Context;
  /** Takes the JSON text of the inputs, `undefined` for none. */
  captureInputs(json: string | undefined): void;
  /** Takes the JSON text of the outputs, `undefined` for none; what the program set itself stays. */
  captureOutputs(json: string | undefined): void;
  /** Takes the JSON text of the item of a stream, counted from 0; returns what is kept of it. */
  captureChunk(index: number, json: string): string;
  /** Replaces the values at these paths of inputs and outputs, those captured before too. */
  redactAt(paths: readonly RedactionPath[]): void;
  /** The call threw. */
  failed(thrown: unknown): void;
  /** The call is over; ends the span now. */
  finish(): void;
}

/** What a finished span offers to OpenTelemetry's span processors. */
export interface ProcessedSpan {
  readonly name: string;
  readonly attributes: Attributes;
  spanContext(): SpanContext;
}

/** A span processor of OpenTelemetry's SDK. */
export interface SpanProcessor {
  onStart(span: OtelSpan, parentContext: Context): void;
  onEnd(span: ProcessedSpan): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * Changes a span that is about to end, before it goes anywhere: hides, adds, renames. Its children have gone
 * out already, most of the time.
 *
 * @returns `false` to drop the span; nothing to keep it
 */
export type SpanEdit = (span: Span) => unknown;
