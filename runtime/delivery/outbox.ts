/** What waits to be sent to one target, wherever it waits, and what a target needs to know of it. */

import type { Assessment } from "../client/entities.ts";
import type { FinishedSpan } from "./destination.ts";

/** OpenTelemetry's attributes of who made spans. */
export type ResourceAttributes = Readonly<Record<string, unknown>>;

/** Spans of one resource. */
export interface SpanGroup {
  readonly resource: ResourceAttributes;
  readonly spans: readonly FinishedSpan[];
}

/** A part of what waits, taken out to be sent. */
export interface Parcel {
  /** What is still to be sent of it. */
  groups: readonly SpanGroup[];
  /** Traces that changed after their spans were written. */
  readonly changed: readonly string[];
  /** Number of spans it had at first. */
  readonly spans: number;
  /** `true`: it may have been sent before, by a process that did not see the answer. */
  uncertain: boolean;
}

/** Tokens that the spans of a trace say they used, `mlflow.chat.tokenUsage`. */
export interface TokenUse {
  readonly spanId: string;
  readonly parentId: string | undefined;
  /** Numbers by name: `input_tokens`, `output_tokens`, `total_tokens` and others. */
  readonly tokens: Readonly<Record<string, number>>;
}

/** A trace as a whole, as far as its spans have ended. */
export interface TraceSummary {
  readonly traceId: string;
  /** Name of the root span. */
  readonly name: string | undefined;
  readonly startUs: number;
  readonly endUs: number;
  readonly state: "OK" | "ERROR" | "IN_PROGRESS";
  readonly tags: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly clientRequestId: string | undefined;
  readonly requestPreview: string | undefined;
  readonly responsePreview: string | undefined;
  /** `undefined`: the one of the target. */
  readonly experimentId: string | undefined;
  readonly assessments: readonly Assessment[];
  /** In the order of the spans' ends. */
  readonly tokenUse: readonly TokenUse[];
  /** Parents of all spans of the trace by span id, for {@link tokenUse}. */
  readonly parents: ReadonlyMap<string, string | undefined>;
}

/** How a parcel ended. */
export interface Settlement {
  /** Spans the target took. */
  readonly sent: number;
  /** Spans it will not take, by the code of the reason. */
  readonly dropped: readonly (readonly [code: string, spans: number])[];
}

/** Where what is to be sent to one target waits. Methods throw `DeliveryError` when the place cannot be reached now. */
export interface Outbox {
  /** Takes the oldest spans, at most so many of them and so many bytes, or a single one; `undefined` when none wait. */
  claim(maxSpans: number, maxBytes: number): Parcel | undefined;
  /** The parcel is done with. */
  settle(parcel: Parcel, outcome: Settlement): void;
  /** Number of spans that wait, those taken out included. */
  pending(): number;
  /** The trace as a whole; `undefined` when it is not known any more. */
  trace(traceId: string): TraceSummary | undefined;
  /** What {@link tell} kept of a trace. */
  told(traceId: string): string | undefined;
  /** Keeps a note of what the target has been told of a trace, for whoever sends the rest of it. */
  tell(traceId: string, note: string): void;
  /** Puts back all that is taken out, and releases what it holds. */
  close(): void;
}
