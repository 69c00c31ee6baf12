/** Traces, spans and assessments as MLflow's REST API has them, version 3. */

import type { StatusCode } from "../../delivery/destination.ts";
import { ATTRIBUTE } from "../../span-arguments.ts";
import {
  type Assessment,
  type AssessmentError,
  Trace,
  type TraceInfo,
  TraceSpan,
  type TraceSpanEvent,
} from "../entities.ts";
import { fieldsIn, type Json, listIn } from "./api.ts";

/** A trace of `traces/get` or `traces/batchGet`. */
export function traceOf({ trace_info: info, spans }: Json): Trace {
  const read = traceInfoOf(fieldsIn(info));
  return new Trace(read, listIn(spans).map((span) => spanOf(span, read.traceId)).sort(byEnd)); // biome-ignore format: one call
}

function byEnd(a: TraceSpan, b: TraceSpan): number {
  return Number(a.endTimeNs - b.endTimeNs);
}

/** A `trace_info`. */
export function traceInfoOf(info: Json): TraceInfo {
  const traceId = idOf(info.trace_id);
  const tags = textsOf(info.tags);
  const experiment = fieldsIn(fieldsIn(info.trace_location).mlflow_experiment);
  return {
    traceId,
    experimentId: textOf(experiment.experiment_id) ?? "0",
    name: tags["mlflow.traceName"],
    requestTime: Date.parse(String(info.request_time)),
    executionDuration: Number.parseFloat(String(info.execution_duration ?? "0")) * 1000,
    state: STATES.find((state) => state === info.state) ?? "IN_PROGRESS",
    clientRequestId: textOf(info.client_request_id),
    requestPreview: textOf(info.request_preview),
    responsePreview: textOf(info.response_preview),
    tags,
    traceMetadata: textsOf(info.trace_metadata),
    assessments: listIn(info.assessments).map(assessmentOf),
  };
}

const STATES = ["OK", "ERROR", "IN_PROGRESS"] as const;
const STATUSES: readonly StatusCode[] = ["OK", "ERROR", "UNSET"];

function spanOf(span: Json, traceId: string): TraceSpan {
  const { [ATTRIBUTE.inputs]: inputs, [ATTRIBUTE.outputs]: outputs, ...attributes } = attributesOf(span.attributes);
  const { code, message } = fieldsIn(span.status);
  const status = STATUSES.find((each) => String(code).endsWith(each)) ?? "UNSET";
  const parent = textOf(span.parent_span_id) ?? "";
  return new TraceSpan({
    traceId,
    spanId: hexOf(String(span.span_id)),
    parentId: parent === "" ? undefined : hexOf(parent),
    name: String(span.name),
    spanType: textOf(attributes[ATTRIBUTE.spanType]) ?? "UNKNOWN",
    startTimeNs: nanosOf(span.start_time_unix_nano),
    endTimeNs: nanosOf(span.end_time_unix_nano),
    status: { statusCode: status, description: textOf(message) ?? "" },
    inputs,
    outputs,
    attributes: { ...attributes, ...(inputs !== undefined && { [ATTRIBUTE.inputs]: inputs }), ...(outputs !== undefined && { [ATTRIBUTE.outputs]: outputs }) }, // biome-ignore format: one object
    events: listIn(span.events).map(eventOf),
    links: listIn(span.links).map((link) => ({
      traceId: hexOf(String(link.trace_id)),
      spanId: hexOf(String(link.span_id)),
    })),
  });
}

function eventOf(event: Json): TraceSpanEvent {
  return {
    name: String(event.name),
    timestamp: nanosOf(event.time_unix_nano),
    attributes: attributesOf(event.attributes),
  };
}

/** Pairs of a key and a value of OTLP. MLflow's own key of the trace's id says nothing new. */
function attributesOf(pairs: unknown): Record<string, unknown> {
  const all = listIn(pairs).map(({ key, value }): [string, unknown] => [String(key), anyValueOf(fieldsIn(value))]);
  return Object.fromEntries(all.filter(([key]) => key !== "mlflow.traceRequestId"));
}

/** https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto */
const ANY_VALUE: Readonly<Record<string, (value: unknown) => unknown>> = {
  string_value: (value) => value,
  bool_value: (value) => value,
  double_value: (value) => value,
  // 64 bits, which JSON of protobuf writes as text.
  int_value: (value) => Number(value),
  bytes_value: (value) => value,
  array_value: (value) => listIn(fieldsIn(value).values).map(anyValueOf),
  kvlist_value: (value) => attributesOf(fieldsIn(value).values),
};

function anyValueOf(value: Json): unknown {
  const [[kind, content] = []] = Object.entries(value);
  return kind === undefined ? null : ANY_VALUE[kind]?.(content);
}

/** An assessment. */
export function assessmentOf(json: Json): Assessment {
  const { feedback, expectation } = json;
  const isFeedback = feedback !== undefined;
  const { value, error, serialized_value: serialized } = fieldsIn(isFeedback ? feedback : expectation);
  const { source_type: sourceType, source_id: sourceId } = fieldsIn(json.source);
  const text = textOf(fieldsIn(serialized).value);
  return {
    assessmentId: String(json.assessment_id),
    traceId: idOf(json.trace_id),
    spanId: textOf(json.span_id),
    name: String(json.assessment_name),
    kind: isFeedback ? "feedback" : "expectation",
    value: text === undefined ? (value ?? (error === undefined ? value : undefined)) : JSON.parse(text),
    error: error === undefined ? undefined : errorOf(fieldsIn(error)),
    source: {
      sourceType: SOURCES.find((type) => type === sourceType) ?? "CODE",
      sourceId: String(sourceId ?? "default"),
    },
    rationale: textOf(json.rationale),
    metadata: textsOf(json.metadata),
    createTimeMs: Date.parse(String(json.create_time)),
    lastUpdateTimeMs: Date.parse(String(json.last_update_time)),
    overrides: textOf(json.overrides),
    valid: json.valid !== false,
  };
}

const SOURCES = ["HUMAN", "LLM_JUDGE", "CODE"] as const;

function errorOf(json: Json): AssessmentError {
  return {
    errorCode: String(json.error_code),
    errorMessage: textOf(json.error_message),
    stackTrace: textOf(json.stack_trace),
  };
}

function idOf(given: unknown): string {
  return String(given).replace(/^tr-/, "");
}

/** The bytes of base64 as hexadecimal digits. */
function hexOf(base64: string): string {
  return Buffer.from(base64, "base64").toString("hex");
}

function nanosOf(given: unknown): bigint {
  return /^\d+$/.test(String(given)) ? BigInt(String(given)) : 0n;
}

function textOf(given: unknown): string | undefined {
  return typeof given === "string" ? given : undefined;
}

function textsOf(given: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsIn(given)).map(([key, value]) => [key, String(value)]));
}
