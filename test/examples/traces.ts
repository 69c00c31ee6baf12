/** The traces in a store, as trees, and as text that two runs of a program have in common. */

import type { FinishedEvent } from "../../runtime/delivery/destination.ts";
import {
  openReader,
  type StoredBody,
  type StoredSpan,
  type StoredTrace,
  type StoreReader,
} from "../../runtime/delivery/reader.ts";

export interface RecordedTrace extends StoredTrace {
  readonly roots: readonly RecordedSpan[];
}

interface WholeSpan extends StoredSpan {
  readonly body: StoredBody;
}

export interface RecordedSpan extends WholeSpan {
  /** In the order of their start. */
  readonly children: readonly RecordedSpan[];
}

/** All traces in the store, oldest first. */
export function readTraces(store: string): RecordedTrace[] {
  const reader = openReader(store);
  try {
    const oldestFirst = reader.traces({ limit: 100 }).reverse();
    return oldestFirst.map((trace) => ({ ...trace, roots: childrenOf(undefined, readSpans(reader, trace)) }));
  } finally {
    reader.close();
  }
}

/** In the order of their start. */
function readSpans(reader: StoreReader, { traceId }: StoredTrace): WholeSpan[] {
  const spans = reader.trace(traceId)?.spans ?? [];
  return spans
    .toSorted((a, b) => a.startUs - b.startUs || a.startNs - b.startNs)
    .map((span) => {
      const body = reader.body(span.row);
      if (!body) throw new Error(`the span ${span.name} has no body`);
      return { ...span, body };
    });
}

function childrenOf(parentId: string | undefined, spans: readonly WholeSpan[]): RecordedSpan[] {
  return spans
    .filter((span) => span.parentId === parentId)
    .map((span) => ({ ...span, children: childrenOf(span.spanId, spans) }));
}

/** All spans of a trace, parents before their children. */
export function spansOf(trace: RecordedTrace): RecordedSpan[] {
  const withDescendants = (span: RecordedSpan): RecordedSpan[] => [span, ...span.children.flatMap(withDescendants)];
  return trace.roots.flatMap(withDescendants);
}

/** The attributes of a span, those that say where its function stands apart from the others. */
export function attributesOf(span: RecordedSpan): { source: SourcePlace; others: Readonly<Record<string, unknown>> } {
  const {
    "code.function.name": name,
    "code.file.path": file,
    "code.line.number": line,
    ...others
  } = JSON.parse(span.body.attributesJson ?? "{}");
  return { source: { name, file, line }, others };
}

/** Of the spans of blocks and wrapped functions nothing is known. */
interface SourcePlace {
  readonly name?: string;
  readonly file?: string;
  readonly line?: number;
}

/** Everything about a trace but its ids, its times and where its functions stand. */
export function drawTrace(trace: RecordedTrace): string {
  const { name, state, spans, tags, metadata, requestPreview, responsePreview, roots } = trace;
  return [
    `trace ${name}: ${state}, ${spans} ${spans === 1 ? "span" : "spans"}`,
    ...drawFields({
      tags: filled(tags),
      metadata: filled(metadata),
      request: requestPreview,
      response: responsePreview,
    }),
    ...roots.flatMap(drawSpan),
  ].join("\n");
}

function drawSpan(span: RecordedSpan): string[] {
  const { inputs, outputs, statusMessage, events } = span.body;
  const attributes = filled(attributesOf(span).others);
  const content = [
    ...drawFields({ "status message": statusMessage, inputs, outputs, attributes }),
    ...events.flatMap(drawEvent),
    ...span.children.flatMap(drawSpan),
  ];
  return [`${span.name} (${span.spanType}): ${span.status}`, ...content.map((line) => `  ${line}`)];
}

function drawEvent({ name, attributes }: FinishedEvent): string[] {
  const lines = Object.entries(attributes ?? {}).flatMap(([key, value]) =>
    `${key}: ${withoutPlaces(String(value))}`.split("\n"),
  );
  return [`event ${name}`, ...lines.map((line) => `  ${line}`)];
}

/** Of a stack trace the message and the innermost frame's function; of any other text all. */
function withoutPlaces(text: string): string {
  return text.replace(/(\n {4}at \S+) .*/s, "$1");
}

function drawFields(fields: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : `${name}: ${value}`));
}

function filled(object: object): string | undefined {
  return Object.keys(object).length === 0 ? undefined : JSON.stringify(object);
}
