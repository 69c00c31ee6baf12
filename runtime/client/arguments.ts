/** Arguments of calls that name traces and spans by id, checked. */

import { isProxy } from "../platform.ts";
import { type Problem, problem } from "./failures.ts";

const TRACE_ID = /^(?:tr-)?([0-9a-f]{32})$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/** Ids of a span that is not recorded. Whatever is asked of them does nothing. */
export const NO_TRACE_ID = "0".repeat(32);
export const NO_SPAN_ID = "0".repeat(16);

/** A trace's id, also with MLflow's `tr-` before it; throws when it is none. */
export function traceIdOf(given: unknown, missing: Problem = "noTrace"): string {
  const id = typeof given === "string" ? TRACE_ID.exec(given.toLowerCase())?.[1] : undefined;
  if (id !== undefined) return id;
  throw typeof given === "string" ? problem(missing, given) : problem("invalid", "traceId", "the id of a trace");
}

/** A span's id; throws when it is none. */
export function spanIdOf(given: unknown, name: "spanId" | "parentId", traceId: string): string {
  if (typeof given !== "string") throw problem("invalid", name, "the id of a span");
  if (SPAN_ID.test(given)) return given;
  throw problem(name === "parentId" ? "noParent" : "noSpan", given, traceId);
}

interface Check<T> {
  readonly wanted: string;
  readonly passes: (value: unknown) => value is T;
}

/** What arguments may be. */
export const CHECKS = {
  text: check("a string", (value): value is string => typeof value === "string"),
  name: check("a string that is not empty", (value): value is string => typeof value === "string" && value !== ""),
  texts: check(
    "a list of strings",
    (value): value is readonly string[] => isArray(value) && value.every((each) => typeof each === "string"),
  ),
  flag: check("true or false", (value): value is boolean => typeof value === "boolean"),
  count: check(
    "a positive integer",
    (value): value is number => typeof value === "number" && Number.isSafeInteger(value) && value > 0,
  ),
  millis: check(
    "milliseconds since the Unix epoch",
    (value): value is number => typeof value === "number" && Number.isFinite(value) && value >= 0,
  ),
} as const;

/** A Proxy of an array is an array to Array.isArray, if it is not revoked. */
function isArray(value: unknown): value is unknown[] {
  return typeof value === "object" && value !== null && !isProxy(value) && Array.isArray(value);
}

function check<T>(wanted: string, passes: (value: unknown) => value is T): Check<T> {
  return { wanted, passes };
}

/** An argument that may be absent; throws `SW2130` when it is something else. */
export function optional<T>(value: unknown, name: string, { wanted, passes }: Check<T>): T | undefined {
  if (value === undefined || value === null) return undefined;
  if (passes(value)) return value;
  throw problem("invalid", name, wanted);
}

/** An argument that must be there. */
export function required<T>(value: unknown, name: string, { wanted, passes }: Check<T>): T {
  if (passes(value)) return value;
  throw problem("invalid", name, wanted);
}

/** The own data properties of an object of arguments; throws `SW2130` for anything else. */
export function fieldsOf(given: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof given !== "object" || given === null || isProxy(given)) throw problem("invalid", name, "an object");
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(given));
  return Object.fromEntries(descriptors.map(([key, { value }]) => [key, value]));
}
