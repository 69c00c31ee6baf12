/**
 * Where finished traces are read and changed: the embedded store, or a server. What an implementation cannot
 * find it answers with `undefined` or `false`; problems of the place itself it throws.
 */

import type { Assessment, Trace } from "./entities.ts";

/** Which traces to find. */
export interface TraceSearch {
  /** In MLflow's language; `""`: all. */
  readonly filter: string;
  /** Fields, each with `ASC` or `DESC`; the newest first where they leave it open. */
  readonly orderBy: readonly string[];
  /** At most so many. */
  readonly maxResults: number;
  /** What the page before said in `token`. */
  readonly pageToken: string | undefined;
  /** Only of these; when absent, of all in a store, of the process's own on a server. */
  readonly experimentIds: readonly string[] | undefined;
  /** Whether the traces come with their spans. */
  readonly includeSpans: boolean;
}

/** Some of the traces that were searched for. */
export interface TracePart {
  readonly traces: readonly Trace[];
  /** Where the next part begins; `undefined` after the last. */
  readonly token: string | undefined;
}

/** Which traces to delete. */
export interface TraceDeletion {
  readonly experimentId: string | undefined;
  readonly traceIds: readonly string[] | undefined;
  /** Only traces that began at this time or before, milliseconds since the Unix epoch. */
  readonly maxTimestampMillis: number | undefined;
  /** At most so many, the oldest first. */
  readonly maxTraces: number | undefined;
}

/** A span that was started by id and is to be ended by id, by whatever process. */
export interface OpenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId: string | undefined;
  readonly start: OpenSpanStart;
}

/** What an open span was started with; a JSON object. */
export interface OpenSpanStart {
  readonly name: string;
  readonly spanType: string;
  /** Nanoseconds since the Unix epoch, as digits. */
  readonly startTimeNs: string;
  readonly inputs?: unknown;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly experimentId?: string;
}

/** What is known of a span by its id. */
export type SpanStanding = "open" | "ended" | "unknown";

/** A place that holds traces. */
export interface TraceStore {
  getTrace(traceId: string): Promise<Trace | undefined>;
  hasTrace(traceId: string): Promise<boolean>;
  /** Throws `TracingError` `SW2137` for a filter or an order that cannot be read. */
  searchTraces(search: TraceSearch): Promise<TracePart>;
  /** Returns how many there were. */
  deleteTraces(deletion: TraceDeletion): Promise<number>;
  /** `false`: there is no such trace. */
  setTag(traceId: string, key: string, value: string): Promise<boolean>;
  /** `false`: there is no such trace or no such tag. */
  deleteTag(traceId: string, key: string): Promise<boolean>;
  /** Returns it as it is kept, what it overrides not being valid any more; `undefined`: there is no such trace. */
  addAssessment(assessment: Assessment): Promise<Assessment | undefined>;
  getAssessment(traceId: string, assessmentId: string): Promise<Assessment | undefined>;
  /** `false`: there is none. What it overrode is valid again. */
  deleteAssessment(traceId: string, assessmentId: string): Promise<boolean>;
}

/** A place that holds spans that were started by id and have not ended. */
export interface OpenSpans {
  /** Keeps an open span, until it is taken. */
  keepOpen(span: OpenSpan): Promise<void>;
  /** Takes an open span out, for the one caller that ends it. */
  takeOpen(traceId: string, spanId: string): Promise<OpenSpan | undefined>;
  spanStanding(traceId: string, spanId: string): Promise<SpanStanding>;
  /** The root of a trace, open or ended. */
  rootOf(traceId: string): Promise<{ readonly spanId: string; readonly standing: SpanStanding } | undefined>;
}
