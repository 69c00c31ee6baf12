/**
 * Signals that end a process without telling it: what waits in memory is written before they do.
 *
 * A program that has a handler of its own decides by itself what the signal means, as ever. One that has none
 * ends by the signal, as ever: ours writes, goes, and raises it again. Because a handler waits for the event
 * loop, ours stands only while spans wait, and not before the loop has come by: a program that never returns
 * to its loop dies at once, as ever.
 */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// Fake timers of a test that replaces the globals must not stop it.
const { setImmediate: afterTurn, clearImmediate: cancel } = globalThis;

export class SignalGuard {
  private readonly write: () => void;
  private standing = false;
  private soon: NodeJS.Immediate | undefined;

  /** @param write writes what waits, at once */
  constructor(write: () => void) {
    this.write = write;
  }

  /** Spans wait from now on. */
  stand(): void {
    if (this.standing || this.soon !== undefined) return;
    this.soon = afterTurn(() => {
      this.soon = undefined;
      this.standing = true;
      // First, and gone before the others run: libraries that raise a signal again look whether they are alone.
      for (const signal of SIGNALS) process.prependListener(signal, this.take);
    });
    this.soon.unref();
  }

  /** Nothing waits any more. */
  leave(): void {
    if (this.soon !== undefined) cancel(this.soon);
    this.soon = undefined;
    if (!this.standing) return;
    this.standing = false;
    for (const signal of SIGNALS) process.removeListener(signal, this.take);
  }

  private readonly take = (signal: NodeJS.Signals): void => {
    this.leave();
    this.write();
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
}
