/** What programs hand to a span's methods, in MLflow's forms and OpenTelemetry's, brought to one. */

import { type Attributes, SpanStatusCode as OtelStatusCode, type SpanStatus, type TimeInput } from "@opentelemetry/api";
import { badArgument, entriesOf, eventAttributes } from "./attributes.ts";
import { clip, dataOf, limits } from "./capture.ts";
import type { StatusCode } from "./delivery/destination.ts";
import type { ExceptionRecord } from "./exceptions.ts";
import { isProxy } from "./platform.ts";
import type { SpanEnd } from "./span-api.ts";
import type { Trace } from "./trace.ts";

/** The names under which MLflow keeps a span's main parts among its attributes. */
export const ATTRIBUTE = {
  inputs: "mlflow.spanInputs",
  outputs: "mlflow.spanOutputs",
  spanType: "mlflow.spanType",
  chunk: "mlflow.chunk.value",
} as const;

const STATUS_CODES: Readonly<Record<string, OtelStatusCode | undefined>> = {
  UNSET: OtelStatusCode.UNSET,
  OK: OtelStatusCode.OK,
  ERROR: OtelStatusCode.ERROR,
};

/** A status from `"ERROR"` and a description, or from OpenTelemetry's form; `undefined` for anything else. */
export function statusOf(given: unknown, description: unknown): SpanStatus | undefined {
  const form = typeof given === "object" && given !== null ? given : { code: given, message: description };
  const code = dataOf(form, "code");
  const message = dataOf(form, "message");
  const known = typeof code === "string" ? STATUS_CODES[code] : numericCode(code);
  if (known === undefined) {
    badArgument("setStatus", 'the code "OK" or "ERROR", or { code, message } of OpenTelemetry', given);
    return undefined;
  }
  return typeof message === "string" ? { code: known, message: clip(message, limits.maxString) } : { code: known };
}

function numericCode(code: unknown): OtelStatusCode | undefined {
  return Object.values(STATUS_CODES).find((known) => known === code);
}

/** A status with OpenTelemetry's names and MLflow's. */
export interface StatusView extends SpanStatus {
  readonly statusCode: StatusCode;
  readonly description: string;
}

/** Shows a status to users of both. */
export function statusView(code: OtelStatusCode, message: string | undefined): StatusView {
  const view = { code, statusCode: STATUS_NAMES[code], description: message ?? "" };
  return message === undefined ? view : { ...view, message };
}

/** MLflow's names of OpenTelemetry's codes. */
export const STATUS_NAMES: Readonly<Record<OtelStatusCode, StatusCode>> = {
  [OtelStatusCode.UNSET]: "UNSET",
  [OtelStatusCode.OK]: "OK",
  [OtelStatusCode.ERROR]: "ERROR",
};

/** An event, from MLflow's form or OpenTelemetry's. */
export interface EventArguments {
  readonly name: string;
  readonly attributes: Attributes | undefined;
  /** Nanoseconds since the Unix epoch, or one of OpenTelemetry's forms. */
  readonly nanos: number | bigint | undefined;
  readonly time: TimeInput | undefined;
}

/** Reads the arguments of `addEvent`; `undefined` when they name no event. */
export function eventOf(first: unknown, second: unknown, third: unknown): EventArguments | undefined {
  if (typeof first === "string") {
    const time = isTime(third) ? third : isTime(second) ? second : undefined;
    const attributes = isTime(second) ? undefined : eventAttributes(second, "addEvent");
    return { name: first, attributes, nanos: undefined, time };
  }
  const [name, attributes, nanos] = isReadable(first)
    ? [dataOf(first, "name"), dataOf(first, "attributes"), dataOf(first, "timestamp")]
    : [];
  if (typeof name !== "string" || (nanos !== undefined && !isNanos(nanos))) {
    badArgument("addEvent", "a name, or an object { name, attributes, timestamp }", first);
    return undefined;
  }
  return { name, attributes: eventAttributes(attributes, "addEvent"), nanos, time: undefined };
}

/** The time of an event on a trace's clock. */
export function timeOf(trace: Trace, { nanos, time }: EventArguments): number {
  return nanos === undefined ? trace.at(time) : trace.atEpochNanos(nanos);
}

/** Whether an argument is a time in MLflow's form: nanoseconds since the Unix epoch. */
export function isNanos(given: unknown): given is number | bigint {
  return typeof given === "bigint" ? given >= 0n : typeof given === "number" && Number.isFinite(given) && given >= 0;
}

/** Whether an argument is a time in one of OpenTelemetry's forms. */
export function isTime(given: unknown): given is TimeInput {
  if (typeof given === "number") return true;
  if (!isReadable(given)) return false;
  if (given instanceof Date) return true;
  return Array.isArray(given) && given.length === 2 && given.every((part) => typeof part === "number");
}

/** Reads the argument of `end` when it is in MLflow's form. */
export function endOf(given: unknown): SpanEnd | undefined {
  if (given === undefined || isTime(given)) return undefined;
  if (!isReadable(given)) {
    badArgument("end", "a time, or an object { outputs, attributes, status, endTimeNs }", given);
    return undefined;
  }
  const { outputs, attributes, status, endTimeNs }: Partial<Record<string, unknown>> = Object.fromEntries(
    END_KEYS.map((key) => [key, dataOf(given, key)]),
  );
  if (endTimeNs !== undefined && !isNanos(endTimeNs)) {
    badArgument("end({ endTimeNs })", "nanoseconds since the Unix epoch", endTimeNs);
  }
  const known = status === undefined ? undefined : statusOf(status, undefined);
  return {
    outputs,
    ...(attributes !== undefined && { attributes: Object.fromEntries(entriesOf(attributes, "end({ attributes })")) }),
    ...(known !== undefined && { status: known }),
    ...(isNanos(endTimeNs) && { endTimeNs }),
  };
}

const END_KEYS = ["outputs", "attributes", "status", "endTimeNs"] as const;

/** Whether reading its data properties runs no code. */
export function isReadable(given: unknown): given is object {
  return typeof given === "object" && given !== null && !isProxy(given);
}

/** OpenTelemetry's attributes of an exception, https://opentelemetry.io/docs/specs/semconv/exceptions/ */
export function exceptionAttributes({ type, message, stack }: ExceptionRecord): Attributes {
  const attributes: Attributes = { "exception.type": type, "exception.message": message };
  if (stack !== undefined) attributes["exception.stacktrace"] = stack;
  return attributes;
}

/** What a JSON text of ours says. */
export function parsed(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}
