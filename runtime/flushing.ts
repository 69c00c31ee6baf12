/** Bringing finished spans out at a moment that the program chooses: at its end, and after each request of a function in the cloud. */

import { badArgument, entriesOf } from "./attributes.ts";
import { stopRecording } from "./configuration.ts";
import { outlet } from "./delivery/outlet.ts";

/** What {@link flushTraces}, {@link flushInBackground} and {@link shutdown} take. */
export interface FlushOptions {
  /** Milliseconds to wait at most, 10,000 when absent. What is not sent by then is sent later, if the process lives. */
  readonly timeoutMs?: number;
}

/** A platform that lets work go on after a response: its context, as Cloudflare's `ctx`, or its function, as Vercel's `waitUntil`. */
export type Background = { waitUntil(work: Promise<unknown>): unknown } | ((work: Promise<unknown>) => unknown);

/**
 * Writes finished spans out, and waits until the targets have taken them or cannot now, and until the span
 * processors given to `init` did so too. Never rejects.
 *
 * @example await flushTraces({ timeoutMs: 2000 }); // at the end of a handler on AWS Lambda
 */
export function flushTraces(options?: FlushOptions): Promise<void> {
  return outlet.flush(limitOf(options, "flushTraces"));
}

/**
 * {@link flushTraces} after a response, as far as the platform lets it. Never throws.
 *
 * @example try { return await answer(request); } finally { flushInBackground(ctx); }
 */
export function flushInBackground(background: Background, options?: FlushOptions): void {
  const limitMs = limitOf(options, "flushInBackground");
  try {
    if (typeof background === "function") background(outlet.flush(limitMs));
    else background.waitUntil(outlet.flush(limitMs));
  } catch {
    badArgument("flushInBackground", "a function, or an object that has waitUntil", background);
  }
}

/** {@link flushTraces}, after which nothing is recorded any more. Never rejects. */
export function shutdown(options?: FlushOptions): Promise<void> {
  stopRecording();
  return outlet.shutdown(limitOf(options, "shutdown"));
}

function limitOf(options: FlushOptions | undefined, from: string): number | undefined {
  if (options === undefined) return undefined;
  const { timeoutMs: given } = Object.fromEntries(entriesOf(options, from));
  if (given === undefined || (typeof given === "number" && given >= 0)) return given;
  badArgument(from, "timeoutMs, a number of milliseconds", given);
  return undefined;
}
