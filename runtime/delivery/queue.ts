/**
 * Finished spans on their way to a destination: written in batches of at most 64, at most 200 ms after their
 * end, and once more as the process exits. A destination that is busy is asked again; what does not fit in
 * the meantime, and what cannot be kept at all, is dropped, counted and said.
 */

import { reasonOf, report } from "../diagnostics.ts";
import type { RecordedSpan } from "../span.ts";
import { DeliveryError, type Destination, type TraceInfo } from "./destination.ts";
import { tally } from "./tally.ts";

const BATCH = 64;
const MAX_AGE_MS = 200;
const MAX_PENDING = 65_536;
const MAX_BACKOFF_MS = 5000;

// Fake timers of a test that replaces the globals must not stop delivery.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** What else happens on the way of spans to a destination. */
export interface QueueWay {
  /** So many spans were written. */
  readonly written?: (spans: number) => void;
  /** Takes spans that the destination will never take; without it they are dropped. */
  readonly instead?: (spans: readonly RecordedSpan[]) => void;
  /** Spans have begun to wait. */
  readonly waits?: () => void;
  /** None wait any more. */
  readonly emptied?: () => void;
}

/** The way of finished spans to one destination. */
export class StoreQueue {
  private readonly open: () => Destination;
  private destination: Destination | undefined;
  private pending: RecordedSpan[] = [];
  private changes = new Set<TraceInfo>();
  private oldestAt = 0;
  /** When the destination may be asked again after it was busy. */
  private notBefore = 0;
  private backoffMs = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The process is exiting: there is no later. */
  private exiting = false;
  /** The destination cannot be opened; no use in asking again. Why not. */
  private hopeless: string | undefined;
  /** Code of what was seen last. */
  private trouble = "SW2107";
  private readonly way: QueueWay;

  /** @param open opens the destination, at the first write; may throw {@link DeliveryError} */
  constructor(open: () => Destination, way: QueueWay = {}) {
    this.open = open;
    this.way = way;
  }

  /** Number of spans that wait. */
  get waiting(): number {
    return this.pending.length;
  }

  /** Takes a span that has ended. */
  take(span: RecordedSpan): void {
    if (this.hopeless !== undefined) {
      this.lose([span], this.hopeless);
      return;
    }
    const pending = this.pending.push(span);
    if (this.exiting) this.flush();
    else if (pending === 1) this.begin();
    else if (pending >= BATCH || performance.now() - this.oldestAt >= MAX_AGE_MS) this.flushUnlessBusy();
  }

  /** Takes a trace that changed after its last span was taken. */
  takeChange(trace: TraceInfo): void {
    this.changes.add(trace);
    if (this.pending.length === 0) this.begin();
  }

  /** Writes everything now, whether the destination was busy or not. */
  flush(): void {
    if (this.timer !== undefined) stopTimer(this.timer);
    this.timer = undefined;
    while (this.pending.length > 0 && this.writeBatch()) {
      // One batch a turn, until all are written or the destination is busy.
    }
    if (this.pending.length === 0) this.writeChanges();
    if (this.pending.length > MAX_PENDING) {
      this.lose(this.pending.splice(0, this.pending.length - MAX_PENDING), this.trouble);
    }
    if (this.pending.length === 0) this.way.emptied?.();
    if (!this.exiting && (this.pending.length > 0 || this.changes.size > 0)) this.schedule(this.backoffMs);
  }

  /** Writes everything and releases the destination. */
  close(): void {
    this.flush();
    if (this.timer !== undefined) stopTimer(this.timer);
    this.lose(this.pending.splice(0), this.trouble);
    this.changes.clear();
    this.destination?.close();
    this.destination = undefined;
  }

  /** The process is about to end: writes everything, and from now on each span at once. */
  end(): void {
    this.exiting = true;
    this.close();
  }

  private begin(): void {
    this.way.waits?.();
    this.oldestAt = performance.now();
    this.schedule(MAX_AGE_MS);
  }

  private flushUnlessBusy(): void {
    if (performance.now() >= this.notBefore || this.pending.length > MAX_PENDING + BATCH) this.flush();
  }

  private schedule(delayMs: number): void {
    if (this.timer !== undefined) return;
    const timer = startTimer(() => {
      this.timer = undefined;
      this.flush();
    }, delayMs);
    if (typeof timer === "object") timer.unref();
    this.timer = timer;
  }

  /** Writes the oldest batch; `false` when the destination is busy and the batch stays. */
  private writeBatch(): boolean {
    const batch = this.pending.slice(0, BATCH);
    const written = this.attempt((destination) => destination.write(batch.map((span) => span.finished())));
    if (written === "busy") return false;
    this.pending.splice(0, batch.length);
    this.oldestAt = performance.now();
    if (written !== "done") this.lose(batch, written);
    else {
      tally.keep(batch.length);
      this.way.written?.(batch.length);
    }
    return true;
  }

  private writeChanges(): void {
    for (const trace of this.changes) {
      if (this.attempt((destination) => destination.update(trace)) === "busy") return;
      this.changes.delete(trace);
    }
  }

  /** Brings spans to the destination's next of kin, if there is one. */
  private lose(spans: readonly RecordedSpan[], code: string): void {
    if (this.way.instead === undefined) tally.drop(code, spans.length);
    else this.way.instead(spans);
  }

  /** Answers the code of what was seen where what was to be delivered is lost. */
  private attempt(deliver: (destination: Destination) => void): "done" | "busy" | string {
    try {
      this.destination ??= this.open();
      if (this.exiting) this.destination.drain();
      deliver(this.destination);
      this.backoffMs = 0;
      this.notBefore = 0;
      return "done";
    } catch (error) {
      this.trouble = error instanceof DeliveryError ? error.code : "SW2107";
      if (error instanceof DeliveryError) report(error.code, error.message, error.remedy);
      else report("SW2107", `finished spans could not be kept: ${reasonOf(error)}`, "Please report this.");
      if (error instanceof DeliveryError && error.retry) {
        this.backoffMs = Math.min(MAX_BACKOFF_MS, Math.max(MAX_AGE_MS, this.backoffMs * 2));
        this.notBefore = performance.now() + this.backoffMs;
        return "busy";
      }
      if (this.destination === undefined) this.hopeless = this.trouble;
      return this.trouble;
    }
  }
}
