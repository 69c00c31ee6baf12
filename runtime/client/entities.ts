/** Finished traces as the client returns them, with MLflow's names. */

import type { HrTime } from "@opentelemetry/api";
import type { StatusCode } from "../delivery/destination.ts";

/** Whether a trace went well, as far as it is known. */
export type TraceState = "OK" | "ERROR" | "IN_PROGRESS";

/** A judgement of a trace or a span, made by a person or a program. */
export interface Assessment {
  /** `a-` and 32 hexadecimal digits. */
  readonly assessmentId: string;
  readonly traceId: string;
  /** `undefined`: of the trace as a whole. */
  readonly spanId: string | undefined;
  readonly name: string;
  /** `feedback` says how good something is, `expectation` what it should have been. */
  readonly kind: "feedback" | "expectation";
  readonly value: unknown;
  /** Why no value could be given. */
  readonly error: AssessmentError | undefined;
  readonly source: AssessmentSource;
  readonly rationale: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  /** Milliseconds since the Unix epoch. */
  readonly createTimeMs: number;
  readonly lastUpdateTimeMs: number;
  /** The assessment that this one took the place of. */
  readonly overrides: string | undefined;
  /** `false`: another one took its place. */
  readonly valid: boolean;
}

/** Why feedback could not be given. */
export interface AssessmentError {
  readonly errorCode: string;
  readonly errorMessage?: string | undefined;
  readonly stackTrace?: string | undefined;
}

/** Who assessed. */
export interface AssessmentSource {
  readonly sourceType: "HUMAN" | "LLM_JUDGE" | "CODE";
  readonly sourceId: string;
}

/** What is known of a trace as a whole. */
export interface TraceInfo {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  readonly experimentId: string;
  /** Name of the root span; `undefined` until the root ended. */
  readonly name: string | undefined;
  /** Milliseconds since the Unix epoch. */
  readonly requestTime: number;
  /** Milliseconds. */
  readonly executionDuration: number;
  readonly state: TraceState;
  readonly clientRequestId: string | undefined;
  readonly requestPreview: string | undefined;
  readonly responsePreview: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly traceMetadata: Readonly<Record<string, string>>;
  readonly assessments: readonly Assessment[];
}

/** An event of a finished span. */
export interface TraceSpanEvent {
  readonly name: string;
  /** Nanoseconds since the Unix epoch. */
  readonly timestamp: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a finished span holds. */
export interface TraceSpanFields {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly name: string;
  readonly spanType: string;
  /** Nanoseconds since the Unix epoch. */
  readonly startTimeNs: bigint;
  readonly endTimeNs: bigint;
  readonly status: { readonly statusCode: StatusCode; readonly description: string };
  readonly inputs: unknown;
  readonly outputs: unknown;
  /** All attributes, MLflow's own among them. */
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly TraceSpanEvent[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** A finished span. It has no setters. */
export class TraceSpan implements TraceSpanFields {
  readonly traceId!: string;
  readonly spanId!: string;
  readonly parentId!: string | undefined;
  readonly name!: string;
  readonly spanType!: string;
  readonly startTimeNs!: bigint;
  readonly endTimeNs!: bigint;
  readonly status!: TraceSpanFields["status"];
  readonly inputs!: unknown;
  readonly outputs!: unknown;
  readonly attributes!: Readonly<Record<string, unknown>>;
  readonly events!: readonly TraceSpanEvent[];
  readonly links!: TraceSpanFields["links"];

  constructor(fields: TraceSpanFields) {
    Object.assign(this, fields);
  }

  /** In OpenTelemetry's form: seconds, and nanoseconds beyond them. */
  get startTime(): HrTime {
    return hrTime(this.startTimeNs);
  }

  /** In OpenTelemetry's form. */
  get endTime(): HrTime {
    return hrTime(this.endTimeNs);
  }

  /** An attribute's value. */
  getAttribute(key: string): unknown {
    return this.attributes[key];
  }
}

/** Which spans of a trace to find. */
export interface SpanSearch {
  /** The whole name, or an expression it matches. */
  readonly name?: string | RegExp;
  readonly spanType?: string;
  readonly spanId?: string;
}

/** A trace and its spans, in the order they ended. */
export class Trace {
  readonly info: TraceInfo;
  readonly data: { readonly spans: readonly TraceSpan[] };

  constructor(info: TraceInfo, spans: readonly TraceSpan[]) {
    this.info = info;
    this.data = { spans };
  }

  /** The spans that fit all that is given. */
  searchSpans({ name, spanType, spanId }: SpanSearch = {}): TraceSpan[] {
    return this.data.spans.filter(
      (span) =>
        (name === undefined || (typeof name === "string" ? span.name === name : span.name.search(name) >= 0)) &&
        (spanType === undefined || span.spanType === spanType) &&
        (spanId === undefined || span.spanId === spanId),
    );
  }

  /** A JSON object in the form of MLflow's traces; times in nanoseconds are strings of digits. */
  toJSON(): TraceJson {
    return { info: infoJson(this.info), data: { spans: this.data.spans.map(spanJson) } };
  }
}

/** The JSON form of a trace. */
export interface TraceJson {
  readonly info: Readonly<Record<string, unknown>>;
  readonly data: { readonly spans: readonly Readonly<Record<string, unknown>>[] };
}

function infoJson(info: TraceInfo): Readonly<Record<string, unknown>> {
  return {
    trace_id: info.traceId,
    trace_location: { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: info.experimentId } },
    request_time: new Date(info.requestTime).toISOString(),
    execution_duration: `${info.executionDuration / 1000}s`,
    state: info.state,
    client_request_id: info.clientRequestId,
    request_preview: info.requestPreview,
    response_preview: info.responsePreview,
    trace_metadata: info.traceMetadata,
    tags: info.tags,
  };
}

function spanJson(span: TraceSpan): Readonly<Record<string, unknown>> {
  const texts = Object.entries(span.attributes).map(([key, value]) => [key, JSON.stringify(value)]);
  return {
    trace_id: base64(span.traceId),
    span_id: base64(span.spanId),
    parent_span_id: span.parentId === undefined ? null : base64(span.parentId),
    name: span.name,
    start_time_unix_nano: String(span.startTimeNs),
    end_time_unix_nano: String(span.endTimeNs),
    status: { code: `STATUS_CODE_${span.status.statusCode}`, message: span.status.description },
    attributes: Object.fromEntries(texts),
    events: span.events.map(({ name, timestamp, attributes }) => ({
      name,
      time_unix_nano: String(timestamp),
      attributes,
    })),
  };
}

function base64(hex: string): string {
  return btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16))));
}

function hrTime(nanos: bigint): HrTime {
  return [Number(nanos / 1_000_000_000n), Number(nanos % 1_000_000_000n)];
}
