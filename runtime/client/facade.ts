/** Calls that read, change, start or end traces by id. What does the work is loaded with the first of them. */

import type { Span, SpanEnd } from "../span-api.ts";
import type { ExpectationOptions, FeedbackOptions, OverrideOptions } from "./assessments.ts";
import type { StartSpanOptions, StartTraceOptions } from "./by-id.ts";
import type { Assessment, Trace, TraceInfo, TraceJson } from "./entities.ts";
import type { Place } from "./place.ts";
import type { DeleteOptions, SearchOptions, TracePage } from "./reading.ts";

const reading = () => import("./reading.ts");
const assessments = () => import("./assessments.ts");
const byId = () => import("./by-id.ts");
const merging = () => import("./merging.ts");

/** The MLflow server that this process sends to, else its store. */
const here: Place = async () => (await import("./place.ts")).place();

/**
 * Reads a trace, as far as its spans have ended: from the MLflow server that this process sends to, else from its
 * store, as all calls here do.
 *
 * @param traceId 32 hexadecimal digits, with or without MLflow's `tr-` before them
 * @param options `silent`: says nothing when there is none
 * @returns `null` when there is none, which is said once on stderr
 * @throws TracingError `SW2139` when this process has neither, `SW2143` when the server does not answer, `SW2144` when
 * it refuses; all calls here do
 */
export async function getTrace(traceId: string, options?: { readonly silent?: boolean }): Promise<Trace | null> {
  return (await reading()).getTrace(here, traceId, options);
}

/**
 * Finds traces, the newest first.
 *
 * @returns a list, whose `token` leads to the next page
 * @throws TracingError `SW2137` for a filter or an order that cannot be read, `SW2130` for other values
 * @example await searchTraces({ filterString: "span.name = 'ask' AND status = 'ERROR'", maxResults: 10 });
 */
export async function searchTraces(options: SearchOptions = {}): Promise<TracePage> {
  return (await reading()).searchTraces(here, options);
}

/**
 * Deletes traces, by ids or up to a time.
 *
 * @returns how many there were
 * @throws TracingError `SW2130` for other values
 */
export async function deleteTraces(options: DeleteOptions): Promise<number> {
  return (await reading()).deleteTraces(here, options);
}

/**
 * Sets a tag of a trace, running or ended.
 *
 * @throws TracingError `SW2131` for an unknown trace, `SW2140` for a tag that is MLflow's own
 */
export async function setTraceTag(traceId: string, key: string, value: string): Promise<void> {
  return (await reading()).setTraceTag(here, traceId, key, value);
}

/**
 * Deletes a tag of a trace.
 *
 * @throws TracingError `SW2131` for an unknown trace, `SW2141` for a tag it does not have
 */
export async function deleteTraceTag(traceId: string, key: string): Promise<void> {
  return (await reading()).deleteTraceTag(here, traceId, key);
}

/**
 * Merges a finished trace of another process or store below a span: the target, else the current one, else a
 * new root `Remote Trace <name>`. Its spans get new ids; tags of the trace here win.
 *
 * @param trace what {@link getTrace} returned, its JSON object, or its JSON text
 * @returns the id of the trace it is a part of now; `undefined` when tracing is off
 * @throws TracingError `SW2142` for what is no finished trace
 */
export async function addTrace(trace: Trace | TraceJson | string, target?: Span): Promise<string | undefined> {
  return (await merging()).addTrace(trace, target);
}

/**
 * Says how good a trace or a span is.
 *
 * @returns the feedback; `undefined` for a trace that is not recorded
 * @throws TracingError `SW2131` for an unknown trace, `SW2130` for values it cannot have
 * @example await logFeedback({ traceId, name: "correct", value: true, rationale: "matches the handbook" });
 */
export async function logFeedback(feedback: FeedbackOptions): Promise<Assessment | undefined> {
  return (await assessments()).logFeedback(here, feedback);
}

/**
 * Says what a trace or a span should have come to.
 *
 * @returns the expectation; `undefined` for a trace that is not recorded
 * @throws TracingError as {@link logFeedback}
 */
export async function logExpectation(expectation: ExpectationOptions): Promise<Assessment | undefined> {
  return (await assessments()).logExpectation(here, expectation);
}

/** Puts new feedback in the place of old, which stays but is not valid any more; throws `SW2138` for none. */
export async function overrideFeedback(feedback: OverrideOptions): Promise<Assessment | undefined> {
  return (await assessments()).overrideFeedback(here, feedback);
}

/** Reads an assessment; throws `SW2138` when there is none. */
export async function getAssessment(traceId: string, assessmentId: string): Promise<Assessment> {
  return (await assessments()).getAssessment(here, traceId, assessmentId);
}

/** Deletes an assessment; what it took the place of is valid again. Throws `SW2138` when there is none. */
export async function deleteAssessment(traceId: string, assessmentId: string): Promise<void> {
  return (await assessments()).deleteAssessment(here, traceId, assessmentId);
}

/** Which MLflow server a {@link Client} reads from and changes; as in MLflow's SDK. */
export interface ClientOptions {
  /** When absent, the server that this process sends to, else its store. */
  readonly trackingUri?: string;
  /** The experiment that is searched when a search names none; `MLFLOW_EXPERIMENT_ID` or `_NAME` when absent. */
  readonly experimentId?: string;
  /** `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, or `MLFLOW_TRACKING_TOKEN`, when absent. */
  readonly trackingServerUsername?: string;
  readonly trackingServerPassword?: string;
  /** Taken for the sake of programs written for MLflow's SDK, without effect. */
  readonly host?: string;
}

/**
 * Starts and ends traces and spans by id: in other functions, in other processes that use the same store, after
 * their root. Nothing it starts is the current span, and all of it goes where `init` says. Reads and changes traces, of
 * an MLflow server of its own if it is given one.
 *
 * @example
 * const client = new Client();
 * const root = await client.startTrace({ name: "job" });
 * const step = await client.startSpan({ name: "step", traceId: root.traceId, parentId: root.spanId });
 * await client.endSpan(step.traceId, step.spanId, { outputs: 1 });
 * await client.endTrace(root.traceId);
 */
export class Client {
  readonly #at: Place;

  constructor(options: ClientOptions = {}) {
    const { trackingUri, experimentId, trackingServerUsername: username, trackingServerPassword: password } = options;
    this.#at = here;
    if (trackingUri === undefined) return;
    const settings = {
      trackingUri,
      ...(experimentId !== undefined && { experimentId }),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { password }),
    };
    let opened: Promise<Place> | undefined;
    this.#at = async () => {
      opened ??= import("./place.ts").then(({ placeAt }) => placeAt(settings));
      return (await opened)();
    };
  }

  /**
   * Starts a trace and its root.
   *
   * @throws TracingError `SW2136` inside of a traced function, `SW2130` for values it cannot have
   */
  async startTrace(options: StartTraceOptions): Promise<Span> {
    return (await byId()).startTrace(options);
  }

  /**
   * Starts a span below another one.
   *
   * @throws TracingError `SW2131` for an unknown trace, `SW2133` for an unknown parent, `SW2130` without a parent
   */
  async startSpan(options: StartSpanOptions): Promise<Span> {
    return (await byId()).startSpan(options);
  }

  /**
   * Ends a span that was started by id.
   *
   * @throws TracingError `SW2132` for an unknown span, `SW2135` for one that has ended
   */
  async endSpan(traceId: string, spanId: string, options?: SpanEnd): Promise<void> {
    return (await byId()).endSpan(traceId, spanId, options);
  }

  /**
   * Ends the root of a trace that was started by id. Its other spans are left alone.
   *
   * @throws TracingError `SW2131` for an unknown trace, `SW2134` for one that has ended
   */
  async endTrace(traceId: string, options?: SpanEnd): Promise<void> {
    return (await byId()).endTrace(traceId, options);
  }

  /** {@link getTrace}, without its spans. */
  async getTraceInfo(traceId: string): Promise<TraceInfo | null> {
    return (await this.getTrace(traceId))?.info ?? null;
  }

  /** {@link getTrace}. */
  async getTrace(traceId: string, options?: { readonly silent?: boolean }): Promise<Trace | null> {
    return (await reading()).getTrace(this.#at, traceId, options);
  }

  /** {@link searchTraces}. */
  async searchTraces(options: SearchOptions = {}): Promise<TracePage> {
    return (await reading()).searchTraces(this.#at, options);
  }

  /** {@link deleteTraces}. */
  async deleteTraces(options: DeleteOptions): Promise<number> {
    return (await reading()).deleteTraces(this.#at, options);
  }

  /** {@link setTraceTag}. */
  async setTraceTag(traceId: string, key: string, value: string): Promise<void> {
    return (await reading()).setTraceTag(this.#at, traceId, key, value);
  }

  /** {@link deleteTraceTag}. */
  async deleteTraceTag(traceId: string, key: string): Promise<void> {
    return (await reading()).deleteTraceTag(this.#at, traceId, key);
  }

  /** {@link logFeedback}. */
  async logFeedback(feedback: FeedbackOptions): Promise<Assessment | undefined> {
    return (await assessments()).logFeedback(this.#at, feedback);
  }

  /** {@link logExpectation}. */
  async logExpectation(expectation: ExpectationOptions): Promise<Assessment | undefined> {
    return (await assessments()).logExpectation(this.#at, expectation);
  }
}
