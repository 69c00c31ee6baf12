/**
 * What the runtime hands to a place that keeps or sends spans. A destination is a leaf: it imports this
 * file and nothing else of the runtime.
 */

import type { Assessment } from "../client/entities.ts";

/** The code of a span's status, as OpenTelemetry and MLflow name them. */
export type StatusCode = "UNSET" | "OK" | "ERROR";

/** An event of a finished span. */
export interface FinishedEvent {
  readonly name: string;
  /** Microseconds since the Unix epoch, an integer. */
  readonly timeUs: number;
  /** Values are what a JSON text can hold; `undefined` when there are none. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** A link of a finished span. */
export interface FinishedLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What is known of a whole trace. It may change as long as the trace's spans run, and after. */
export interface TraceInfo {
  /** 32 lower-case hexadecimal digits. */
  readonly traceId: string;
  /** `OK` or `ERROR` when the program set it; otherwise the root span's status decides. */
  readonly state: "OK" | "ERROR" | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly clientRequestId: string | undefined;
  readonly requestPreview: string | undefined;
  readonly responsePreview: string | undefined;
  /** Experiment the trace belongs to; `undefined`: the one of the place where it goes. */
  readonly experimentId?: string | undefined;
  /** Assessments that a server is to get with the trace; a store has them beside it. */
  readonly assessments?: readonly Assessment[] | undefined;
}

/** The library that made a span. */
export interface Scope {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
}

/** What OpenTelemetry asks of a span beyond what a tree of spans shows. Absent members have the default named here. */
export interface OtelDetails {
  /** OpenTelemetry's `SpanKind`; 0, internal, when absent. */
  readonly kind?: number;
  /** `spanwright` when absent. */
  readonly scope?: Scope;
  /** W3C trace state of the remote parent, as its header has it. */
  readonly traceState?: string;
  /** `true`: the parent runs in another process. */
  readonly parentIsRemote?: boolean;
  /** Attributes, events and links beyond a span's limits; 0 when absent. */
  readonly droppedAttributes?: number;
  readonly droppedEvents?: number;
  readonly droppedLinks?: number;
}

/** A span that has ended. */
export interface FinishedSpan {
  readonly trace: TraceInfo;
  /** 16 lower-case hexadecimal digits. */
  readonly spanId: string;
  /** `undefined`: the root of its trace in this process or any other. */
  readonly parentId: string | undefined;
  readonly name: string;
  /** MLflow's span type, `UNKNOWN` when none was given. */
  readonly spanType: string;
  /** Start, microseconds since the Unix epoch, an integer. */
  readonly startUs: number;
  /** Nanoseconds of the start beyond `startUs`, 0 to 999. */
  readonly startNs: number;
  /** Nanoseconds, an integer, 0 or more. */
  readonly durationNs: number;
  readonly status: StatusCode;
  readonly statusMessage: string | undefined;
  /** JSON text of the inputs; `undefined` when none were captured. */
  readonly inputs: string | undefined;
  /** JSON text of the outputs; `undefined` when none were captured. */
  readonly outputs: string | undefined;
  /** JSON text of an object: all attributes but inputs, outputs and type; `undefined` when there are none. */
  readonly attributesJson: string | undefined;
  readonly finishedEvents: readonly FinishedEvent[];
  readonly finishedLinks: readonly FinishedLink[];
  /** `undefined`: all defaults hold. */
  readonly otel: OtelDetails | undefined;
}

/** Where finished spans go. */
export interface Destination {
  /** Takes the spans of one batch, at most 64, in the order of their end. Throws {@link DeliveryError} when it cannot keep them now. */
  write(spans: readonly FinishedSpan[]): void;
  /** Takes a trace whose tags, metadata or state changed after its last span was written. */
  update(trace: TraceInfo): void;
  /**
   * Says that the process is about to end. From now on all writes together may take up to 2 seconds to wait
   * for whoever is in the way, whatever happened before.
   */
  drain(): void;
  /** Releases what it holds. */
  close(): void;
}

/** A destination cannot take spans. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
  /** Code of the problem, `SW2001` and on, see docs/diagnostics.md. */
  readonly code: string;
  /** What the user can do about it. */
  readonly remedy: string;
  /** Whether the same spans may be taken later: `true` for a locked store, `false` for one that cannot be opened. */
  readonly retry: boolean;

  constructor(code: string, message: string, remedy: string, retry: boolean, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.remedy = remedy;
    this.retry = retry;
  }
}
