/** The JSON form of MLflow's traces, read: `Trace.to_dict()` of its libraries and `toJSON()` of ours. */

import type { StatusCode } from "../delivery/destination.ts";
import { ATTRIBUTE } from "../span-arguments.ts";
import type { TraceSpanEvent, TraceSpanFields } from "./entities.ts";

/** What is read of a trace. */
export interface RemoteTrace {
  readonly state: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly spans: readonly TraceSpanFields[];
}

type Fields = Readonly<Record<string, unknown>>;

/** The trace in a JSON object or a JSON text; `undefined` when it is none. */
export function readTraceJson(given: unknown): RemoteTrace | undefined {
  try {
    const json: unknown = typeof given === "string" ? JSON.parse(given) : structuredClone(given);
    if (!isFields(json) || !isFields(json.info) || !isFields(json.data) || !Array.isArray(json.data.spans))
      return undefined;
    const { state, status, tags } = json.info;
    return { state: String(state ?? status), tags: textsOf(tags), spans: json.data.spans.map(readSpan) };
  } catch {
    // Whatever is wrong with it, it is no trace; the caller says so.
    return undefined;
  }
}

function readSpan(span: unknown): TraceSpanFields {
  if (!isFields(span)) throw new TypeError("a span is an object");
  const attributes = attributesOf(span.attributes);
  const status = isFields(span.status) ? span.status : {};
  const parent = span.parent_span_id;
  return {
    traceId: hexOf(span.trace_id),
    spanId: hexOf(span.span_id),
    parentId: parent === null || parent === undefined || parent === "" ? undefined : hexOf(parent),
    name: String(span.name),
    spanType: String(attributes[ATTRIBUTE.spanType] ?? "UNKNOWN"),
    startTimeNs: nanosOf(span.start_time_unix_nano),
    endTimeNs: nanosOf(span.end_time_unix_nano),
    status: { statusCode: statusOf(status.code), description: String(status.message ?? "") },
    inputs: attributes[ATTRIBUTE.inputs],
    outputs: attributes[ATTRIBUTE.outputs],
    attributes,
    events: Array.isArray(span.events) ? span.events.filter(isFields).map(eventOf) : [],
    links: [],
  };
}

function eventOf(event: Fields): TraceSpanEvent {
  const attributes = isFields(event.attributes) ? event.attributes : {};
  return { name: String(event.name), timestamp: nanosOf(event.time_unix_nano), attributes };
}

const CODES: readonly StatusCode[] = ["OK", "ERROR", "UNSET"];

/** `OK` and `STATUS_CODE_OK` are the same. */
function statusOf(code: unknown): StatusCode {
  const name = String(code).replace(/^STATUS_CODE_/, "");
  return CODES.find((known) => known === name) ?? "UNSET";
}

/** Values are JSON texts, as MLflow keeps them. */
function attributesOf(given: unknown): Record<string, unknown> {
  if (!isFields(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, attributeOf(value)]));
}

function attributeOf(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function nanosOf(given: unknown): bigint {
  if (typeof given === "bigint") return given;
  return BigInt(typeof given === "number" ? Math.round(given) : String(given));
}

/** Ids are base64 of their bytes; hexadecimal digits are taken too. */
function hexOf(given: unknown): string {
  const text = String(given).replace(/^(?:0x|tr-)/, "");
  if (/^(?:[0-9a-f]{16}|[0-9a-f]{32})$/.test(text)) return text;
  return [...atob(text)].map((byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

function textsOf(given: unknown): Record<string, string> {
  return isFields(given) ? Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])) : {};
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
