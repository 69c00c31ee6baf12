/** One trace in several processes: the current span's identity in headers, messages and environments. */

import { isSpanContextValid, type SpanContext, trace as traceApi } from "@opentelemetry/api";
import { badArgument } from "./attributes.ts";
import { configured } from "./configuration.ts";
import { currentContext, isSpan, runInContext, SPAN_KEY } from "./context.ts";
import { readyToTrace } from "./provider.ts";
import { withOwnLast } from "./trace-scope.ts";
import { readTraceparent, traceparentOf } from "./traceparent.ts";

/** Headers of an HTTP request, of whatever library, or any object that was filled by {@link tracingHeaders}. */
export type TracingHeaders =
  | Headers
  | Iterable<readonly [name: string, value: string]>
  | { readonly [name: string]: string | readonly string[] | undefined };

/**
 * The current span as W3C headers, `traceparent` and, where there is one, `tracestate`; no headers outside of
 * any span. They may as well travel in a message or in `workerData`.
 *
 * @example await fetch(url, { headers: { ...tracingHeaders(), accept: "application/json" } });
 */
export function tracingHeaders(): Record<string, string> {
  const current = currentIdentity();
  if (current === undefined) return {};
  const tracestate = current.traceState?.serialize();
  return { traceparent: traceparentOf(current), ...(tracestate && { tracestate }) };
}

/**
 * {@link tracingHeaders} as environment variables, for a child process: its traces continue this one.
 *
 * @example spawn("node", ["job.js"], { env: { ...process.env, ...tracingEnvironment() } });
 */
export function tracingEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(tracingHeaders()).map(([name, value]) => [name.toUpperCase(), value]));
}

/**
 * Runs a function as a part of the trace that headers name: its spans are children of the span that sent them.
 * Malformed headers are ignored, as https://www.w3.org/TR/trace-context/ says.
 *
 * @param headers names in any case
 * @returns what the function returns
 * @example createServer((request, response) => withTracingHeaders(request.headers, () => handle(request, response)));
 */
export function withTracingHeaders<T>(headers: TracingHeaders, fn: () => T): T;
export function withTracingHeaders(headers: unknown, fn: unknown): unknown {
  if (typeof fn !== "function") return badArgument("withTracingHeaders", "a function", fn);
  const call = () => Reflect.apply(fn, undefined, []);
  if (!configured()) return call();
  readyToTrace();
  const remote = remoteSpan(headers);
  const within = remote === undefined ? currentContext() : traceApi.setSpanContext(currentContext(), remote);
  return runInContext(withOwnLast(within), call);
}

function currentIdentity(): SpanContext | undefined {
  if (!configured()) return undefined;
  readyToTrace();
  const span = currentContext().getValue(SPAN_KEY);
  const identity = isSpan(span) ? span.spanContext() : undefined;
  return identity !== undefined && isSpanContextValid(identity) ? identity : undefined;
}

function remoteSpan(headers: unknown): SpanContext | undefined {
  try {
    const [traceparent, ...more] = valuesOf(headers, "traceparent");
    if (traceparent === undefined || more.length > 0) return undefined;
    return readTraceparent(traceparent, valuesOf(headers, "tracestate").join(",") || undefined);
  } catch {
    badArgument("withTracingHeaders", "headers, or an object of strings", headers);
    return undefined;
  }
}

function valuesOf(headers: unknown, name: string): string[] {
  if (typeof headers !== "object" || headers === null) return [];
  const pairs: unknown[] = isIterable(headers) ? [...headers] : Object.entries(headers);
  return pairs.flatMap((pair) => {
    const [key, value]: unknown[] = Array.isArray(pair) ? pair : [];
    if (typeof key !== "string" || key.toLowerCase() !== name) return [];
    return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string");
  });
}

function isIterable(given: object): given is Iterable<unknown> {
  return Symbol.iterator in given;
}
