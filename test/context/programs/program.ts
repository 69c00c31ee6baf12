/** A program of the table: what it does, and what is to be seen of it, whoever keeps the context. */

import { context, createContextKey, trace } from "@opentelemetry/api";
import { isTracingSuppressed } from "@opentelemetry/core";
import { getCurrentActiveSpan } from "spanwright";

export interface Program {
  readonly name: string;
  /** What has to be there for the program to mean anything; nothing when absent. */
  readonly needs?: Need;
  /** The notes it takes, in order: `place in span`. */
  readonly notes: readonly string[];
  /** The spans it makes, sorted: `name`, or `name < parent`. */
  readonly spans: readonly string[];
  run(at: At, notes: string[]): unknown;
}

/**
 * - `storage`: the context follows what is not traced across `await`, timers and events
 * - `attach`: OpenTelemetry's API has `context.attach`, and the manager knows it
 * - `undici`: as `storage`, and OpenTelemetry's instrumentation of `fetch` is installed
 */
export type Need = "storage" | "attach" | "undici";

/** What takes note of the span that is current at a place, when it is called. */
export type At = (place: string) => () => void;

/** What is seen of a program. */
export interface Observed {
  readonly notes: readonly string[];
  readonly spans: readonly string[];
}

/** The current span's name as OpenTelemetry's API tells it; as the runtime tells it too, when that differs. */
export function here(): string {
  const active = trace.getActiveSpan();
  const name = active === undefined ? "nothing" : String(Reflect.get(active, "name"));
  // The runtime need not show a span that is over.
  if (active !== undefined && !active.isRecording()) return name;
  const shown = getCurrentActiveSpan()?.name ?? "nothing";
  return shown === name ? name : `${name} (the runtime shows ${shown})`;
}

/** Under which the programs keep a value of theirs in a context. */
export const VALUE = createContextKey("a value of the program's");

/** Whether the current context holds nothing at all. It need not be the very root: another copy of the API has its own. */
export function atRoot(): boolean {
  const active = context.active();
  return here() === "nothing" && active.getValue(VALUE) === undefined && !isTracingSuppressed(active);
}

/** Ends after every job that is waiting. */
export function tick(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
