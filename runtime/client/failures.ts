/** What can go wrong with calls that name traces and spans by id, or search for them: one row a problem. */

import { SpanwrightError } from "../diagnostics.ts";

/** MLflow's names for the kinds of problems. */
export const ERROR_CODES = [
  "BAD_REQUEST",
  "INTERNAL_ERROR",
  "INVALID_PARAMETER_VALUE",
  "INVALID_STATE",
  "PERMISSION_DENIED",
  "RESOURCE_DOES_NOT_EXIST",
  "TEMPORARILY_UNAVAILABLE",
] as const;

/** One of MLflow's names for the kinds of problems. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** A call that names traces or spans by id, or searches for them, cannot be followed. */
export class TracingError extends SpanwrightError {
  override readonly name: string = "TracingError";
  /** MLflow's code. */
  readonly errorCode: ErrorCode;
  /** What it was about, such as the server's own words. */
  readonly detail: string;

  constructor(code: string, errorCode: ErrorCode, message: string, remedy: string, detail: string) {
    super(code, message, remedy);
    this.errorCode = errorCode;
    this.detail = detail;
  }
}

interface Row {
  readonly code: string;
  readonly errorCode: ErrorCode;
  readonly message: (what: string, detail: string) => string;
  readonly remedy: string;
}

const ROWS = {
  invalid: {
    code: "SW2130",
    errorCode: "INVALID_PARAMETER_VALUE",
    message: (what, wanted) => `${what} has a value it cannot have; it takes ${wanted}`,
    remedy: "Give it what it takes.",
  },
  noTrace: {
    code: "SW2131",
    errorCode: "RESOURCE_DOES_NOT_EXIST",
    message: (id) => `Trace with ID ${id} is not found`,
    remedy: "See that the id is whole, that spans of the trace have ended, and that they go to the place that is read.",
  },
  noSpan: {
    code: "SW2132",
    errorCode: "RESOURCE_DOES_NOT_EXIST",
    message: (id, trace) => `Span with ID ${id} is not found in the trace ${trace}`,
    remedy: "Give the ids that startSpan returned.",
  },
  noParent: {
    code: "SW2133",
    errorCode: "RESOURCE_DOES_NOT_EXIST",
    message: (id, trace) => `Parent span with ID ${id} is not found in the trace ${trace}`,
    remedy: "Give the id of a span of that trace.",
  },
  traceEnded: {
    code: "SW2134",
    errorCode: "INVALID_STATE",
    message: (id) => `Trace with ID ${id} already finished`,
    remedy: "End a trace once.",
  },
  spanEnded: {
    code: "SW2135",
    errorCode: "INVALID_STATE",
    message: (id) => `Span with ID ${id} already finished`,
    remedy: "End a span once.",
  },
  traceActive: {
    code: "SW2136",
    errorCode: "INVALID_STATE",
    message: (id) => `startTrace was called inside of the trace ${id}, in which it would start another one`,
    remedy: "Call startSpan with the ids of the current span, or startTrace outside of traced functions.",
  },
  filter: {
    code: "SW2137",
    errorCode: "INVALID_PARAMETER_VALUE",
    message: (filter, why) => `the filter ${filter} cannot be read: ${why}`,
    remedy: "Write conditions joined by AND, such as: span.name = 'ask' AND status = 'ERROR' AND tags.env LIKE 'prod%'",
  },
  noAssessment: {
    code: "SW2138",
    errorCode: "RESOURCE_DOES_NOT_EXIST",
    message: (id, trace) => `Assessment with ID ${id} is not found for the trace ${trace}`,
    remedy: "Give the id that logFeedback or logExpectation returned.",
  },
  noStore: {
    code: "SW2139",
    errorCode: "INVALID_STATE",
    message: () => "this process keeps no traces that could be read: it has neither a store nor an MLflow server",
    remedy: "Call init({ store: <path> }), or set SPANWRIGHT_STORE or MLFLOW_TRACKING_URI.",
  },
  fixedTag: {
    code: "SW2140",
    errorCode: "INVALID_PARAMETER_VALUE",
    message: (key) => `the tag ${key} is immutable`,
    remedy: "Use a tag of your own.",
  },
  noTag: {
    code: "SW2141",
    errorCode: "RESOURCE_DOES_NOT_EXIST",
    message: (key, trace) => `the trace ${trace} has no tag ${key}`,
    remedy: "See which tags it has with getTrace.",
  },
  noSuchTrace: {
    code: "SW2142",
    errorCode: "INVALID_PARAMETER_VALUE",
    message: (_, why) => `the trace given to addTrace cannot be added: ${why}`,
    remedy: "Give it a finished trace, as getTrace returned it, or its JSON object.",
  },
  noServer: {
    code: "SW2143",
    errorCode: "TEMPORARILY_UNAVAILABLE",
    message: (server, why) => `the MLflow server ${server} does not answer: ${why}`,
    remedy: "Start it, or correct its address in MLFLOW_TRACKING_URI, in init or in the client's options.",
  },
  refused: {
    code: "SW2144",
    errorCode: "INTERNAL_ERROR",
    message: (answer, words) => `the MLflow server ${answer}: ${words}`,
    remedy: "See its log, and whether the token or the name and the password are right.",
  },
} as const satisfies Record<string, Row>;

/** A problem with a call by id. */
export type Problem = keyof typeof ROWS;

/**
 * The error for a problem.
 *
 * @param said MLflow's code as a server has it, in place of the row's
 */
export function problem(kind: Problem, what = "", detail = "", said?: ErrorCode): TracingError {
  const { code, errorCode, message, remedy }: Row = ROWS[kind];
  return new TracingError(code, said ?? errorCode, message(what, detail), remedy, detail);
}
