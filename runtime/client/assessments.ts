/** Feedback on traces and spans, and what was expected of them. */

import { errorName } from "../capture.ts";
import { describeException } from "../exceptions.ts";
import { knownTrace } from "../known-traces.ts";
import { isNativeError } from "../platform.ts";
import { newTraceId } from "../trace.ts";
import { texts } from "../trace-texts.ts";
import { CHECKS, fieldsOf, NO_TRACE_ID, optional, required, spanIdOf, traceIdOf } from "./arguments.ts";
import type { Assessment, AssessmentError, AssessmentSource } from "./entities.ts";
import { problem } from "./failures.ts";
import { keepWith, openSpans, type Place } from "./place.ts";

/** A value that can be assessed with: what a JSON text can hold. */
export type AssessmentValue =
  | string
  | number
  | boolean
  | null
  | readonly AssessmentValue[]
  | { readonly [key: string]: AssessmentValue };

/** What `logExpectation` takes. */
export interface ExpectationOptions {
  readonly traceId: string;
  readonly name: string;
  readonly value: AssessmentValue;
  /** `{ sourceType: "HUMAN", sourceId: "default" }` when absent. */
  readonly source?: AssessmentSource;
  readonly metadata?: Readonly<Record<string, string>>;
  /** The span it is about; the trace as a whole when absent. */
  readonly spanId?: string;
}

/** What `logFeedback` takes: a value, or the error for which there is none. */
export interface FeedbackOptions {
  readonly traceId: string;
  /** `feedback` when absent. */
  readonly name?: string;
  readonly value?: AssessmentValue;
  readonly error?: Error | AssessmentError;
  readonly rationale?: string;
  /** `{ sourceType: "CODE", sourceId: "default" }` when absent. */
  readonly source?: AssessmentSource;
  readonly metadata?: Readonly<Record<string, string>>;
  /** The span it is about; the trace as a whole when absent. */
  readonly spanId?: string;
}

/** What `overrideFeedback` takes. */
export interface OverrideOptions extends Omit<FeedbackOptions, "name" | "error" | "spanId"> {
  /** The feedback that is not valid any more. */
  readonly assessmentId: string;
}

type Fields = Readonly<Record<string, unknown>>;

export async function logFeedback(at: Place, given: unknown): Promise<Assessment | undefined> {
  const fields = fieldsOf(given, "the options of logFeedback");
  const error = fields.error === undefined || fields.error === null ? undefined : errorOf(fields.error);
  if (error === undefined && fields.value === undefined) throw problem("invalid", "logFeedback", "a value or an error");
  const name = optional(fields.name, "name", CHECKS.name) ?? "feedback";
  return log(at, { ...(await subjectOf(at, fields)), ...sayings(fields, "CODE"), kind: "feedback", name, error });
}

export async function logExpectation(at: Place, given: unknown): Promise<Assessment | undefined> {
  const fields = fieldsOf(given, "the options of logExpectation");
  if (fields.value === undefined) throw problem("invalid", "value", "what was expected");
  const name = required(fields.name, "name", CHECKS.name);
  return log(at, {
    ...(await subjectOf(at, fields)),
    ...sayings(fields, "HUMAN"),
    kind: "expectation",
    name,
    error: undefined,
  });
}

export async function overrideFeedback(at: Place, given: unknown): Promise<Assessment | undefined> {
  const fields = fieldsOf(given, "the options of overrideFeedback");
  const old = await getAssessment(at, fields.traceId, fields.assessmentId);
  if (old.kind !== "feedback") throw problem("invalid", "assessmentId", "the id of feedback");
  const { traceId, spanId, name } = old;
  const said = sayings(fields, old.source.sourceType);
  return log(at, { traceId, spanId, ...said, kind: "feedback", name, error: undefined, overrides: old.assessmentId });
}

export async function getAssessment(at: Place, traceId: unknown, assessmentId: unknown): Promise<Assessment> {
  const trace = traceIdOf(traceId);
  const id = required(assessmentId, "assessmentId", CHECKS.name);
  const found = await (await at()).getAssessment(trace, id);
  if (found === undefined) throw problem("noAssessment", id, trace);
  return found;
}

export async function deleteAssessment(at: Place, traceId: unknown, assessmentId: unknown): Promise<void> {
  const trace = traceIdOf(traceId);
  const id = required(assessmentId, "assessmentId", CHECKS.name);
  if (!(await (await at()).deleteAssessment(trace, id))) throw problem("noAssessment", id, trace);
}

/** The trace or span that is assessed, which may still run. */
async function subjectOf(
  at: Place,
  { traceId: given, spanId }: Fields,
): Promise<Pick<Assessment, "traceId" | "spanId">> {
  const traceId = traceIdOf(given);
  const subject = { traceId, spanId: spanId === undefined ? undefined : spanIdOf(spanId, "spanId", traceId) };
  if (traceId === NO_TRACE_ID || knownTrace(traceId) !== undefined) return subject;
  const isKnown = (await (await at()).hasTrace(traceId)) || (await openSpans()?.rootOf(traceId)) !== undefined;
  if (!isKnown) throw problem("noTrace", traceId);
  return subject;
}

type Sayings = Pick<Assessment, "value" | "rationale" | "source" | "metadata">;

function sayings(fields: Fields, sourceType: AssessmentSource["sourceType"]): Sayings {
  return {
    value: plainValue(fields.value),
    rationale: optional(fields.rationale, "rationale", CHECKS.text),
    source: sourceOf(fields.source, sourceType),
    metadata: fields.metadata === undefined || fields.metadata === null ? {} : texts(fields.metadata, "metadata"),
  };
}

async function log(
  at: Place,
  said: Omit<Assessment, "assessmentId" | "createTimeMs" | "lastUpdateTimeMs" | "valid" | "overrides"> & {
    overrides?: string;
  },
): Promise<Assessment | undefined> {
  // A trace that is not recorded has nothing to assess.
  if (said.traceId === NO_TRACE_ID) return undefined;
  const now = Date.now();
  const times = { createTimeMs: now, lastUpdateTimeMs: now };
  const assessment = { overrides: undefined, ...said, assessmentId: `a-${newTraceId()}`, ...times, valid: true };
  const added = await (await at()).addAssessment(assessment);
  if (added !== undefined) return added;
  // A server knows a trace that runs from the first span on that has ended; until then it is kept for it.
  const running = knownTrace(said.traceId);
  if (running === undefined || running.isOver) throw problem("noTrace", said.traceId);
  await keepWith(running, assessment);
  return assessment;
}

/** A copy of what a JSON text can hold. */
function plainValue(value: unknown): unknown {
  if (value === undefined) return undefined;
  try {
    const text: string | undefined = JSON.stringify(value);
    if (text !== undefined && typeof value !== "function") return JSON.parse(text);
  } catch {
    // Said below: a bigint, a cycle, a toJSON that throws.
  }
  throw problem("invalid", "value", "a string, a number, a boolean, or a list or an object of them");
}

const SOURCES = ["HUMAN", "LLM_JUDGE", "CODE"] as const;

function sourceOf(given: unknown, otherwise: AssessmentSource["sourceType"]): AssessmentSource {
  if (given === undefined || given === null) return { sourceType: otherwise, sourceId: "default" };
  const { sourceType, sourceId } = fieldsOf(given, "source");
  const known = SOURCES.find((type) => type === sourceType);
  if (known === undefined) throw problem("invalid", "source.sourceType", SOURCES.join(", "));
  return { sourceType: known, sourceId: optional(sourceId, "source.sourceId", CHECKS.text) ?? "default" };
}

function errorOf(given: unknown): AssessmentError {
  if (isNativeError(given)) {
    const { message, stack } = describeException(given);
    return {
      errorCode: typeof given === "object" && given !== null ? errorName(given) : "Error",
      errorMessage: message,
      stackTrace: stack,
    };
  }
  const { errorCode, errorMessage, stackTrace } = fieldsOf(given, "error");
  return {
    errorCode: required(errorCode, "error.errorCode", CHECKS.name),
    errorMessage: optional(errorMessage, "error.errorMessage", CHECKS.text),
    stackTrace: optional(stackTrace, "error.stackTrace", CHECKS.text),
  };
}
