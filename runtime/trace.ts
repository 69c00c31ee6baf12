/** What the spans of one local trace share: the identity, the clock and what is known of the trace as a whole. */

import type { HrTime, TimeInput, TraceState } from "@opentelemetry/api";
import type { Assessment } from "./client/entities.ts";
import type { TraceInfo } from "./delivery/destination.ts";

/**
 * Times are milliseconds of `performance.now()`; a trace's anchor makes them times of day. They are exact to
 * the nanosecond within weeks of now, and to 16 nanoseconds within years.
 */
const DRIFT_US = 50_000;
const RECHECK_MS = 1000;
const clock = { anchorUs: Number.NaN, checkedAt: Number.NEGATIVE_INFINITY };

/** `performance.now()` leaves the time of day behind when the machine sleeps or its clock is set. */
function anchorAt(now: number): number {
  if (now - clock.checkedAt < RECHECK_MS) return clock.anchorUs;
  clock.checkedAt = now;
  const anchorUs = Math.round((Date.now() - now) * 1000);
  if (!(Math.abs(anchorUs - clock.anchorUs) <= DRIFT_US)) clock.anchorUs = anchorUs;
  return clock.anchorUs;
}

/** Codes of the hexadecimal digits. */
const DIGITS = Uint8Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));

/** Sixteen hexadecimal digits of two 32-bit integers. */
export function hex64(high: number, low: number): string {
  // In one call, which makes a flat string at once; joining pieces from a table takes twice the time.
  return String.fromCharCode(
    DIGITS[high >>> 28]!,
    DIGITS[(high >>> 24) & 15]!,
    DIGITS[(high >>> 20) & 15]!,
    DIGITS[(high >>> 16) & 15]!,
    DIGITS[(high >>> 12) & 15]!,
    DIGITS[(high >>> 8) & 15]!,
    DIGITS[(high >>> 4) & 15]!,
    DIGITS[high & 15]!,
    DIGITS[low >>> 28]!,
    DIGITS[(low >>> 24) & 15]!,
    DIGITS[(low >>> 20) & 15]!,
    DIGITS[(low >>> 16) & 15]!,
    DIGITS[(low >>> 12) & 15]!,
    DIGITS[(low >>> 8) & 15]!,
    DIGITS[(low >>> 4) & 15]!,
    DIGITS[low & 15]!,
  );
}

/** State of xorshift128, https://www.jstatsoft.org/v08/i14; all 0 until the first id is wanted. */
const random = { x: 0, y: 0, z: 0, w: 0 };

/** 32 random bits that are not all 0, so that no id is. Signed, because an unsigned number may need a box. */
export function randomWord(): number {
  if (random.w === 0) seed();
  const t = random.x ^ (random.x << 11);
  random.x = random.y;
  random.y = random.z;
  random.z = random.w;
  random.w ^= (random.w >>> 19) ^ t ^ (t >>> 8);
  return random.w || 1;
}

function seed(): void {
  for (const word of ["x", "y", "z", "w"] as const) random[word] = (Math.random() * 0x1_0000_0000) | 0 || 1;
}

/**
 * A new trace id: the milliseconds since the Unix epoch in 48 bits, so that the store and other databases add a new
 * trace beside the one before and not anywhere among all, and 80 random ones. The 56 that W3C wants random are.
 * https://www.w3.org/TR/trace-context-2/#randomness-of-trace-id
 */
export function newTraceId(): string {
  const now = Date.now();
  return hex64(now / 0x1_0000, (now << 16) | (randomWord() >>> 16)) + newSpanId();
}

/** A new span id. */
export function newSpanId(): string {
  return hex64(randomWord(), randomWord());
}

/** The record of a local trace. */
export class Trace implements TraceInfo {
  /** Microseconds since the Unix epoch at `performance.now() === 0`, an integer. */
  readonly anchorUs: number;
  state: "OK" | "ERROR" | undefined;
  tags: Record<string, string> | undefined;
  metadata: Record<string, string> | undefined;
  clientRequestId: string | undefined;
  requestPreview: string | undefined;
  responsePreview: string | undefined;
  experimentId: string | undefined;
  assessments: readonly Assessment[] | undefined;
  /** Whether its local root has ended. */
  isOver: boolean;
  /** W3C trace state that came with the remote parent. */
  traceState: TraceState | undefined;
  private id: string | undefined;

  /**
   * @param now `performance.now()`
   * @param id the trace's id when there is one already; a new one is made when it is asked for
   */
  constructor(now: number, id: string | undefined) {
    this.anchorUs = anchorAt(now);
    this.state = undefined;
    this.tags = undefined;
    this.metadata = undefined;
    this.clientRequestId = undefined;
    this.requestPreview = undefined;
    this.responsePreview = undefined;
    this.experimentId = undefined;
    this.assessments = undefined;
    this.isOver = false;
    this.traceState = undefined;
    this.id = id;
  }

  get traceId(): string {
    this.id ??= newTraceId();
    return this.id;
  }

  /** Whole microseconds since the Unix epoch of a time of the trace's clock. */
  micros(at: number): number {
    return this.anchorUs + Math.floor(nanosOf(at) / 1000);
  }

  /** Nanoseconds beyond {@link micros}, 0 to 999. */
  nanos(at: number): number {
    return ((nanosOf(at) % 1000) + 1000) % 1000;
  }

  /** A time as OpenTelemetry's exporters take it: seconds since the Unix epoch, and nanoseconds. */
  hrTime(at: number): HrTime {
    const micros = this.micros(at);
    return [Math.floor(micros / 1e6), (micros % 1e6) * 1000 + this.nanos(at)];
  }

  /** A time of the trace's clock from one of OpenTelemetry's forms; now for anything else. */
  at(time: TimeInput | undefined): number {
    const now = performance.now();
    if (time instanceof Date) return this.atMicros(time.getTime() * 1000);
    if (Array.isArray(time)) return this.atMicros(time[0] * 1e6) + time[1] / 1e6;
    if (typeof time !== "number" || !Number.isFinite(time)) return now;
    // As in the SDK: a number that has not come yet since the process began is a time of day.
    return time <= now ? time : this.atMicros(time * 1000);
  }

  /** A time of the trace's clock from nanoseconds since the Unix epoch. */
  atEpochNanos(nanos: number | bigint): number {
    const exact = typeof nanos === "bigint" ? nanos : BigInt(Math.round(nanos));
    return this.atMicros(Number(exact / 1000n)) + Number(exact % 1000n) / 1e6;
  }

  private atMicros(micros: number): number {
    return (micros - this.anchorUs) / 1000;
  }
}

/** Whole nanoseconds of milliseconds. */
export function nanosOf(millis: number): number {
  return Math.round(millis * 1e6);
}
