/** Spans as they were delivered, and their traces, as the client returns them. */

import { byTrace } from "../delivery/by-trace.ts";
import type { FinishedSpan } from "../delivery/destination.ts";
import { cutPreview, rootState } from "../delivery/rows.ts";
import { ATTRIBUTE } from "../span-arguments.ts";
import { tokenUsageOf, USAGE_ATTRIBUTE } from "../token-usage.ts";
import { METADATA } from "../trace-texts.ts";
import { Trace, TraceSpan } from "./entities.ts";

/** What is known of a span, wherever it was kept. */
export type SpanRecord = Omit<FinishedSpan, "trace" | "otel"> & { readonly traceId: string };

/** The span of a record. */
export function traceSpanOf(record: SpanRecord): TraceSpan {
  const { traceId, spanId, parentId, name, spanType, status, statusMessage } = record;
  const startTimeNs = BigInt(record.startUs) * 1000n + BigInt(record.startNs);
  const [inputs, outputs] = [parsed(record.inputs), parsed(record.outputs)];
  return new TraceSpan({
    traceId,
    spanId,
    parentId,
    name,
    spanType,
    startTimeNs,
    endTimeNs: startTimeNs + BigInt(record.durationNs),
    status: { statusCode: status, description: statusMessage ?? "" },
    inputs,
    outputs,
    attributes: {
      ...JSON.parse(record.attributesJson ?? "{}"),
      [ATTRIBUTE.spanType]: spanType,
      ...(inputs !== undefined && { [ATTRIBUTE.inputs]: inputs }),
      ...(outputs !== undefined && { [ATTRIBUTE.outputs]: outputs }),
    },
    events: record.finishedEvents.map(({ name: event, timeUs, attributes = {} }) => ({
      name: event,
      timestamp: BigInt(timeUs) * 1000n,
      attributes,
    })),
    links: record.finishedLinks,
  });
}

function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}

/** The traces of spans, in the order in which they began. */
export function tracesOf(spans: readonly FinishedSpan[]): Trace[] {
  return [...byTrace(spans).values()].map(traceOf).sort((a, b) => a.info.requestTime - b.info.requestTime);
}

function traceOf(finished: readonly FinishedSpan[]): Trace {
  const [first] = finished;
  const root = finished.find(({ parentId }) => parentId === undefined);
  const trace = root?.trace ?? first!.trace;
  const spans = finished.map((span) => traceSpanOf({ ...span, traceId: trace.traceId }));
  const startUs = Math.min(...finished.map((span) => span.startUs));
  const endUs = Math.max(...finished.map((span) => span.startUs + (span.startNs + span.durationNs) / 1000));
  const usage = tokenUsageOf(spans.map((span) => ({ ...span, usage: span.attributes[USAGE_ATTRIBUTE] })));
  return new Trace(
    {
      traceId: trace.traceId,
      experimentId: trace.experimentId ?? "0",
      name: root?.name,
      requestTime: startUs / 1000,
      executionDuration: Math.floor(endUs - startUs) / 1000,
      state: trace.state ?? rootState(root) ?? "IN_PROGRESS",
      clientRequestId: trace.clientRequestId,
      requestPreview: trace.requestPreview ?? cutPreview(root?.inputs, "user"),
      responsePreview: trace.responsePreview ?? cutPreview(root?.outputs, "assistant"),
      tags: { ...(root !== undefined && { "mlflow.traceName": root.name }), ...trace.tags },
      traceMetadata: {
        ...(usage !== undefined && { [METADATA.tokenUsage]: JSON.stringify(usage) }),
        ...trace.metadata,
      },
      assessments: [],
    },
    spans,
  );
}
