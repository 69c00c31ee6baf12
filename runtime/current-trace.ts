/** What the program says about the trace it is in, and which trace that is. */

import { badArgument, entriesOf } from "./attributes.ts";
import { dataOf } from "./capture.ts";
import { configured } from "./configuration.ts";
import { currentContext } from "./context.ts";
import { outlet } from "./delivery/outlet.ts";
import { report, reportInternal } from "./diagnostics.ts";
import { knownTrace, makeKnown } from "./known-traces.ts";
import { activeSpan } from "./manual.ts";
import { readyToTrace } from "./provider.ts";
import { RecordedSpan } from "./span.ts";
import type { Trace } from "./trace.ts";
import { lastTrace } from "./trace-scope.ts";
import { METADATA, textOf, texts } from "./trace-texts.ts";

/** What can be said about a whole trace. */
export interface TraceUpdate {
  /** Added to the tags there are; other values than strings become strings. */
  readonly tags?: Readonly<Record<string, unknown>>;
  /** Added to the metadata there is; other values than strings become strings. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** An id of the caller's. */
  readonly clientRequestId?: string;
  /** Shown in lists instead of what the root's inputs say. */
  readonly requestPreview?: string;
  /** Shown in lists instead of what the root's outputs say. */
  readonly responsePreview?: string;
  /** Overrides what the root span's status says. */
  readonly state?: "OK" | "ERROR";
  /** The metadata `mlflow.trace.session`. */
  readonly sessionId?: string;
  /** The metadata `mlflow.trace.user`. */
  readonly user?: string;
  /** The metadata `mlflow.modelId`. */
  readonly modelId?: string;
}

/**
 * Adds to the trace of the current span. Without one, or with a value that cannot be used, it does nothing
 * and says so once on stderr; it never throws.
 *
 * @example updateCurrentTrace({ sessionId, tags: { channel: "web" } });
 */
export function updateCurrentTrace(update: TraceUpdate): void {
  if (!configured()) return;
  try {
    readyToTrace();
    const span = activeSpan();
    if (span === undefined) {
      report("SW2112", "updateCurrentTrace was called outside of any span", "Call it inside a traced function.");
    } else if (span instanceof RecordedSpan) {
      updateTrace(span.trace, update);
      // Spans that still run take the change along.
      if (span.ended) outlet.changed(span.trace);
    } else {
      for (const [name, value] of flattened(update)) span.setAttribute(name, value);
    }
  } catch (error) {
    reportInternal(error);
  }
}

/** The id of the trace of the current span, 32 hexadecimal digits; `undefined` outside of any. */
export function getActiveTraceId(): string | undefined {
  if (!configured()) return undefined;
  readyToTrace();
  const span = activeSpan();
  if (span instanceof RecordedSpan) makeKnown(span.trace);
  return span?.traceId;
}

/** What {@link getLastActiveTraceId} takes. */
export interface LastTraceOptions {
  /**
   * `true`: of the traces that began in the part of the program this is called in: one `run` of a copied
   * context, one `tracingContext`, one `withTracingHeaders`. `false`: of all, the default.
   */
  readonly contextLocal?: boolean;
}

/** The id of the trace whose root ended last, 32 hexadecimal digits; `undefined` before any did. */
export function getLastActiveTraceId(options: LastTraceOptions = {}): string | undefined {
  const isLocal = typeof options === "object" && options !== null && dataOf(options, "contextLocal") === true;
  const trace = lastTrace(isLocal ? currentContext() : undefined);
  if (trace !== undefined) makeKnown(trace);
  return trace?.traceId;
}

/** Adds tags to a trace of this process, running or not; `false` when it is not known here. */
export function tagKnownTrace(traceId: string, tags: Readonly<Record<string, string>>): boolean {
  const trace = knownTrace(traceId);
  if (trace === undefined) return false;
  trace.tags = { ...trace.tags, ...tags };
  outlet.changed(trace);
  return true;
}

/** Removes a tag of a trace of this process from what its spans take along. */
export function untagKnownTrace(traceId: string, key: string): boolean {
  const trace = knownTrace(traceId);
  if (trace?.tags === undefined || !Object.hasOwn(trace.tags, key)) return false;
  const { [key]: _, ...rest } = trace.tags;
  trace.tags = rest;
  return true;
}

type Apply = (trace: Trace, value: unknown) => void;

const metadata =
  (key: string): Apply =>
  (trace, value) => {
    trace.metadata = { ...trace.metadata, [key]: textOf(key, value) };
  };

/** One row for each thing that can be said. */
const APPLY: Readonly<Record<keyof TraceUpdate, Apply>> = {
  tags: (trace, value) => {
    trace.tags = { ...trace.tags, ...texts(value, "updateCurrentTrace({ tags })") };
  },
  metadata: (trace, value) => {
    trace.metadata = { ...trace.metadata, ...texts(value, "updateCurrentTrace({ metadata })") };
  },
  clientRequestId: (trace, value) => {
    trace.clientRequestId = textOf("clientRequestId", value);
  },
  requestPreview: (trace, value) => {
    trace.requestPreview = textOf("requestPreview", value);
  },
  responsePreview: (trace, value) => {
    trace.responsePreview = textOf("responsePreview", value);
  },
  state: (trace, value) => {
    if (value === "OK" || value === "ERROR") trace.state = value;
    else badArgument("updateCurrentTrace({ state })", '"OK" or "ERROR"', value);
  },
  sessionId: metadata(METADATA.session),
  user: metadata(METADATA.user),
  modelId: metadata(METADATA.model),
};

/** Says things about a trace; `null` says nothing, as in MLflow. */
export function updateTrace(trace: Trace, update: TraceUpdate): void {
  for (const [key, value] of entriesOf(update, "updateCurrentTrace")) {
    if (value === undefined || value === null) continue;
    if (isUpdate(key)) APPLY[key](trace, value);
    else badArgument("updateCurrentTrace", Object.keys(APPLY).join(", "), { [key]: value });
  }
}

function isUpdate(key: string): key is keyof TraceUpdate {
  return Object.hasOwn(APPLY, key);
}

/** Another provider knows no traces, only spans: what is said of the trace becomes attributes of the span. */
function flattened(update: TraceUpdate): [string, unknown][] {
  return entriesOf(update, "updateCurrentTrace").flatMap(([key, value]): [string, unknown][] =>
    key === "tags" || key === "metadata"
      ? entriesOf(value, `updateCurrentTrace({ ${key} })`).map(([name, item]) => [
          `spanwright.trace.${key}.${name}`,
          item,
        ])
      : [[`spanwright.trace.${key}`, value]],
  );
}
