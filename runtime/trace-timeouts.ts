/** Traces that never end: after a while their root is ended, with an exception that says so. */

import { RecordedSpan } from "./span.ts";
import type { ProcessedSpan, SpanProcessor } from "./span-api.ts";

const CHECK_MS = 1000;

// Fake timers of a test that replaces the globals must not end traces.
const startTimer = globalThis.setTimeout;

/** What is recorded on the root of a trace that timed out. */
class TraceTimeoutError extends Error {
  override readonly name = "TraceTimeoutError";
}

/** Ends the roots of traces that run too long. Their other spans are left alone, as MLflow does. */
export class TraceTimeouts implements SpanProcessor {
  private readonly timeoutMs: number;
  /** When each running root was started, the oldest first. */
  private readonly running = new Map<RecordedSpan, number>();
  private scheduled = false;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }

  onStart(span: unknown): void {
    if (!(span instanceof RecordedSpan) || !span.isLocalRoot) return;
    this.running.set(span, performance.now());
    if (!this.scheduled) this.schedule();
  }

  onEnd(span: ProcessedSpan): void {
    if (span instanceof RecordedSpan) this.running.delete(span);
  }

  /** Ends what has run too long at a time of `performance.now()`. */
  expire(now: number): void {
    for (const [span, startedAt] of this.running) {
      if (now - startedAt < this.timeoutMs) return;
      this.running.delete(span);
      span.recordException(new TraceTimeoutError(this.messageFor(span)));
      span.end();
    }
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    this.running.clear();
    return Promise.resolve();
  }

  private messageFor({ traceId }: RecordedSpan): string {
    return `Trace ${traceId} is timed out after ${this.timeoutMs / 1000} seconds`;
  }

  private schedule(): void {
    this.scheduled = true;
    const timer = startTimer(
      () => {
        this.scheduled = false;
        this.expire(performance.now());
        if (this.running.size > 0) this.schedule();
      },
      Math.min(this.timeoutMs, CHECK_MS),
    );
    if (typeof timer === "object") timer.unref();
  }
}
