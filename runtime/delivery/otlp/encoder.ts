/**
 * Spans as an ExportTraceServiceRequest of OTLP, in protobuf,
 * https://github.com/open-telemetry/opentelemetry-proto/tree/main/opentelemetry/proto
 */

import type { FinishedEvent, FinishedLink, FinishedSpan, OtelDetails, Scope, StatusCode } from "../destination.ts";
import type { SpanGroup } from "../outbox.ts";
import { ProtobufWriter } from "./protobuf.ts";

/**
 * How values look that are no OpenTelemetry attribute. `native`: MLflow's servers want objects and lists as
 * such. `text`: other backends show nothing but strings, numbers, booleans and lists of one of these, so the
 * rest, and all inputs and outputs, are JSON text.
 */
export type ValueForm = "native" | "text";

const STATUS_CODES: Readonly<Record<StatusCode, number>> = { UNSET: 0, OK: 1, ERROR: 2 };

const OWN_SCOPE: Scope = { name: "spanwright" };
const NO_DETAILS: OtelDetails = {};

/** Flags of a span: sampled, and it is known whether the parent is remote. */
const FLAGS = 0x101;
const PARENT_IS_REMOTE = 0x200;

/** Most spans are a few hundred bytes long, most attributes less than 128. */
const SPAN_LENGTH = 2;
const GROUP_LENGTH = 4;

/** How many attributes are kept as they were written, and how long the texts of several may be. */
const WRITTEN = 1024;
const WRITTEN_LENGTH = 512;

const writer = new ProtobufWriter();

/** The bytes of a request that carries these spans; the caller's until {@link recycleRequest}. */
export function encodeRequest(groups: readonly SpanGroup[], form: ValueForm): Uint8Array<ArrayBuffer> {
  writer.reset();
  for (const { resource, spans } of groups) {
    if (spans.length > 0) resourceSpans(resource, spans, form);
  }
  return writer.finish();
}

/** Lets another request be written where this one was. */
export function recycleRequest(bytes: Uint8Array<ArrayBuffer>): void {
  writer.recycle(bytes);
}

function resourceSpans(resource: SpanGroup["resource"], spans: readonly FinishedSpan[], form: ValueForm): void {
  const start = writer.begin(1, GROUP_LENGTH);
  const holder = writer.begin(1, SPAN_LENGTH);
  for (const [key, value] of Object.entries(resource)) keyValue(1, key, value, "text");
  writer.end(holder, SPAN_LENGTH);
  for (const [scope, members] of byScope(spans)) scopeSpans(scope, members, form);
  writer.end(start, GROUP_LENGTH);
}

function byScope(spans: readonly FinishedSpan[]): Iterable<[Scope, readonly FinishedSpan[]]> {
  if (spans.every(({ otel }) => otel?.scope === undefined)) return [[OWN_SCOPE, spans]];
  const groups = new Map<string, [Scope, FinishedSpan[]]>();
  for (const span of spans) {
    const scope = span.otel?.scope ?? OWN_SCOPE;
    const key = JSON.stringify([scope.name, scope.version, scope.schemaUrl]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [scope, [span]]);
    else group[1].push(span);
  }
  return groups.values();
}

function scopeSpans(scope: Scope, spans: readonly FinishedSpan[], form: ValueForm): void {
  const start = writer.begin(2, GROUP_LENGTH);
  const holder = writer.begin(1);
  writer.string(1, scope.name);
  if (scope.version !== undefined) writer.string(2, scope.version);
  writer.end(holder);
  for (const span of spans) encodeSpan(span, form);
  if (scope.schemaUrl !== undefined) writer.string(3, scope.schemaUrl);
  writer.end(start, GROUP_LENGTH);
}

function encodeSpan(span: FinishedSpan, form: ValueForm): void {
  const otel = span.otel ?? NO_DETAILS;
  const start = writer.begin(2, SPAN_LENGTH);
  writer.hex(1, span.trace.traceId);
  writer.hex(2, span.spanId);
  if (otel.traceState !== undefined) writer.string(3, otel.traceState);
  if (span.parentId !== undefined) writer.hex(4, span.parentId);
  writer.string(5, span.name);
  // OTLP's SpanKind has an "unspecified" before the API's first.
  writer.uint32(6, (otel.kind ?? 0) + 1);
  writer.nanos(7, span.startUs, span.startNs);
  const endNs = span.startNs + span.durationNs;
  const wholeUs = Math.floor(endNs / 1000);
  writer.nanos(8, span.startUs + wholeUs, endNs - wholeUs * 1000);
  spanAttributes(span, form);
  if (otel.droppedAttributes !== undefined) writer.uint32(10, otel.droppedAttributes);
  for (const event of span.finishedEvents) encodeEvent(event, form);
  if (otel.droppedEvents !== undefined) writer.uint32(12, otel.droppedEvents);
  for (const link of span.finishedLinks) encodeLink(link, form);
  if (otel.droppedLinks !== undefined) writer.uint32(14, otel.droppedLinks);
  status(span.status, span.statusMessage);
  writer.fixed32(16, FLAGS | (otel.parentIsRemote === true ? PARENT_IS_REMOTE : 0));
  writer.end(start, SPAN_LENGTH);
}

function spanAttributes(span: FinishedSpan, form: ValueForm): void {
  // Servers derive the type of another library's span from that library's own attributes.
  if (span.spanType !== "UNKNOWN" || span.otel?.scope === undefined) {
    writeSpanType(span.spanType);
  }
  if (span.inputs !== undefined) jsonValue(9, "mlflow.spanInputs", span.inputs, form);
  if (span.outputs !== undefined) jsonValue(9, "mlflow.spanOutputs", span.outputs, form);
  if (span.attributesJson !== undefined) writeAttributes(span.attributesJson, form);
}

/** The attribute for each span type: there are few. */
const types = new Map<string, Uint8Array>();

function writeSpanType(type: string): void {
  const known = types.get(type);
  if (known !== undefined) {
    writer.raw(known);
    return;
  }
  const start = writer.length;
  keyValue(9, "mlflow.spanType", type, "text");
  if (types.size >= WRITTEN) types.clear();
  types.set(type, writer.since(start));
}

/** Attributes that many spans have alike, such as where a traced function stands, by their JSON text. */
const written: Readonly<Record<ValueForm, Map<string, Uint8Array>>> = { native: new Map(), text: new Map() };

function writeAttributes(json: string, form: ValueForm): void {
  const known = json.length > WRITTEN_LENGTH ? undefined : written[form].get(json);
  if (known !== undefined) {
    writer.raw(known);
    return;
  }
  const start = writer.length;
  const attributes: Record<string, unknown> = JSON.parse(json);
  for (const key in attributes) keyValue(9, key, attributes[key], form);
  if (json.length > WRITTEN_LENGTH) return;
  if (written[form].size >= WRITTEN) written[form].clear();
  written[form].set(json, writer.since(start));
}

function encodeEvent({ name, timeUs, attributes }: FinishedEvent, form: ValueForm): void {
  const start = writer.begin(11, SPAN_LENGTH);
  writer.nanos(1, timeUs, 0);
  writer.string(2, name);
  for (const key in attributes) keyValue(3, key, attributes[key], form);
  writer.end(start, SPAN_LENGTH);
}

function encodeLink({ traceId, spanId, attributes }: FinishedLink, form: ValueForm): void {
  const start = writer.begin(13);
  writer.hex(1, traceId);
  writer.hex(2, spanId);
  for (const key in attributes) keyValue(4, key, attributes[key], form);
  writer.end(start);
}

function status(code: StatusCode, message: string | undefined): void {
  if (code === "UNSET" && message === undefined) return;
  const start = writer.begin(15);
  if (message !== undefined) writer.string(2, message);
  if (code !== "UNSET") writer.uint32(3, STATUS_CODES[code]);
  writer.end(start);
}

/** An attribute whose value is given as JSON text. */
function jsonValue(field: number, key: string, json: string, form: ValueForm): void {
  const value: unknown = form === "native" ? JSON.parse(json) : json;
  keyValue(field, key, value, form);
}

function keyValue(field: number, key: string, value: unknown, form: ValueForm): void {
  const start = writer.begin(field);
  writer.string(1, key);
  const holder = writer.begin(2);
  anyValue(form === "native" || isAttribute(value) ? value : JSON.stringify(value));
  writer.end(holder);
  writer.end(start);
}

/** The contents of an AnyValue; `null` has none. */
function anyValue(value: unknown): void {
  if (typeof value === "string") writer.string(1, value);
  else if (typeof value === "boolean") writer.bool(2, value);
  else if (typeof value === "number" && isInt64(value)) writer.int64(3, value);
  else if (typeof value === "number") writer.double(4, value);
  else if (Array.isArray(value)) arrayValue(value);
  else if (typeof value === "object" && value !== null) keyValues(value);
}

function arrayValue(items: readonly unknown[]): void {
  const start = writer.begin(5);
  for (const item of items) {
    const holder = writer.begin(1);
    anyValue(item);
    writer.end(holder);
  }
  writer.end(start);
}

function keyValues(value: object): void {
  const start = writer.begin(6);
  for (const [key, member] of Object.entries(value)) keyValue(1, key, member, "native");
  writer.end(start);
}

/** Whole numbers beyond the safe ones are no longer exact, and -0 is no integer. */
function isInt64(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function isAttribute(value: unknown): boolean {
  if (typeof value !== "object") return true;
  if (!Array.isArray(value)) return false;
  const [first] = value;
  return value.every((item) => typeof item === typeof first && typeof item !== "object");
}
