/** What a collector took, as names with the names of their parents. */

import type { Collector, DecodedSpan } from "../delivery/collector.ts";

const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("hex");

/** `child < parent` of every span but those of another name than wanted. */
export function families(collector: Collector): string[] {
  const spans: DecodedSpan[] = [...collector.taken.values()].map(({ span }) => span);
  const names = new Map(spans.map((span) => [hex(span.spanId), span.name]));
  return spans.map(({ name, parentSpanId }) => [name, names.get(hex(parentSpanId))].filter(Boolean).join(" < ")).sort();
}

/** Number of traces. */
export function traceCount(collector: Collector): number {
  return new Set([...collector.taken.values()].map(({ span }) => hex(span.traceId))).size;
}
