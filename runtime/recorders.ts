/** Parts of the program whose spans are kept in memory and go nowhere else, for tests. */

import type { Context } from "@opentelemetry/api";
import type { FinishedSpan } from "./delivery/destination.ts";

const RECORDER_KEY = Symbol("spanwright recorder");

/** How many parts are being recorded: as long as there are none, nothing is looked up. */
export const recorders = { running: 0 };

/** Keeps the spans of one part. */
export class Recorder {
  readonly spans: FinishedSpan[] = [];
}

/** A context in which a recorder takes every span. */
export function withRecorder(within: Context, recorder: Recorder): Context {
  return within.setValue(RECORDER_KEY, recorder);
}

/** Who takes the spans that are made in a context. */
export function recorderIn(within: Context): Recorder | undefined {
  const recorder = recorders.running === 0 ? undefined : within.getValue(RECORDER_KEY);
  return recorder instanceof Recorder ? recorder : undefined;
}
