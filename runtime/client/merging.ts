/** Traces of other processes or stores, merged into one of this process. */

import { configured } from "../configuration.ts";
import { activeSpan, begin } from "../manual.ts";
import { isProxy } from "../platform.ts";
import { readyToTrace } from "../provider.ts";
import { RecordedSpan } from "../span.ts";
import type { CallSpan, Span } from "../span-api.ts";
import { ATTRIBUTE } from "../span-arguments.ts";
import { Trace } from "./entities.ts";
import { problem } from "./failures.ts";
import { type RemoteTrace, readTraceJson } from "./trace-json.ts";

export async function addTrace(given: unknown, target: unknown): Promise<string | undefined> {
  const remote = remoteOf(given);
  if (remote.spans.some(({ endTimeNs }) => endTimeNs === undefined) || remote.state === "IN_PROGRESS") {
    throw problem("noSuchTrace", "", "it must be ended before");
  }
  if (!configured()) return undefined;
  readyToTrace();
  const below = target === undefined || target === null ? activeSpan() : targetOf(target);
  return below === undefined ? addRoot(remote) : merge(remote, below);
}

function remoteOf(given: unknown): RemoteTrace {
  if (typeof given === "object" && given !== null && isProxy(given)) throw problem("noSuchTrace", "", "it is a Proxy");
  if (given instanceof Trace) return { state: given.info.state, tags: given.info.tags, spans: given.data.spans };
  const read = readTraceJson(given);
  if (read === undefined) throw problem("noSuchTrace", "", "it is no trace");
  return read;
}

function targetOf(target: unknown): CallSpan {
  if (typeof target === "object" && target !== null && !isProxy(target) && target instanceof RecordedSpan)
    return target;
  throw problem("invalid", "target", "a span that is recorded here");
}

/** Where nothing runs, the remote trace gets a root of its own, as MLflow has it. */
function addRoot(remote: RemoteTrace): string | undefined {
  const first = remote.spans.find(({ parentId }) => parentId === undefined) ?? remote.spans[0];
  if (first === undefined) throw problem("noSuchTrace", "", "it has no spans");
  const root = begin({ name: `Remote Trace ${first.name}`, root: true, startTimeNs: first.startTimeNs - 1n });
  if (root === undefined) return undefined;
  const traceId = merge(remote, root);
  root.end({ outputs: first.outputs, endTimeNs: first.endTimeNs });
  return traceId;
}

function merge({ tags, spans }: RemoteTrace, target: CallSpan): string {
  const copies = new Map<string, Span>();
  const ids = new Set(spans.map(({ spanId }) => spanId));
  const waiting = [...spans];
  // Parents come first; in a store, children often end before them.
  while (waiting.length > 0) {
    const at = waiting.findIndex(
      ({ parentId }) => parentId === undefined || !ids.has(parentId) || copies.has(parentId),
    );
    const [span] = waiting.splice(Math.max(0, at), 1);
    if (span !== undefined) copies.set(span.spanId, copyOf(span, copies.get(span.parentId ?? "") ?? target));
  }
  if (target instanceof RecordedSpan) {
    const { "mlflow.traceName": _, ...rest } = tags;
    target.trace.tags = { ...rest, ...target.trace.tags };
  }
  return target.traceId;
}

const MAIN_PARTS: ReadonlySet<string> = new Set([ATTRIBUTE.inputs, ATTRIBUTE.outputs, ATTRIBUTE.spanType]);

function copyOf(span: RemoteTrace["spans"][number], parent: Span): Span {
  const attributes = Object.entries(span.attributes).filter(([key]) => !MAIN_PARTS.has(key));
  const { name, spanType, startTimeNs, inputs, outputs, status } = span;
  const copy = begin({ name, spanType, parent, startTimeNs, attributes: Object.fromEntries(attributes) });
  if (copy === undefined) return parent;
  if (inputs !== undefined) copy.setInputs(inputs);
  for (const event of span.events) copy.addEvent(event);
  for (const { traceId, spanId } of span.links) copy.addLink({ context: { traceId, spanId, traceFlags: 1 } });
  copy.setStatus(status.statusCode, status.description);
  copy.end({ ...(outputs !== undefined && { outputs }), endTimeNs: span.endTimeNs });
  return copy;
}
