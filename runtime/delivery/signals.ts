/**
 * Signals that end a process without telling it: what waits in memory is brought away before they do.
 *
 * A program that has a handler of its own decides by itself what the signal means, as ever. One that has none
 * ends by the signal, as ever: ours does what is left to do, goes, and raises it again. Because a handler waits
 * for the event loop, ours stands only while spans wait and a second longer, and not before the loop has
 * come by: a program that never returns to its loop dies at once, as ever. So does one that gets a second signal.
 */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// Fake timers of a test that replaces the globals must not stop it.
const { setImmediate: afterTurn, setTimeout: startTimer } = globalThis;

/**
 * How long no spans must have waited before the handlers go. A signal that Node has taken and not handed on yet is
 * lost as the last handler goes: this must be rare, and right after Node has looked for signals.
 */
const CALM_MS = 1000;

/** What is left to do when a signal comes. */
export interface LastActs {
  /** The program decides what the signal means: what waits is written. */
  write(): void;
  /** The process ends when the promise settles, or at once when there is none. */
  end(): Promise<void> | undefined;
}

export class SignalGuard {
  private readonly acts: LastActs;
  /** Whether spans wait. */
  private needed = false;
  private standing = false;
  private ending = false;
  private soon = false;
  private calming = false;

  constructor(acts: LastActs) {
    this.acts = acts;
  }

  /** Spans wait from now on. */
  stand(): void {
    this.needed = true;
    if (this.standing || this.ending || this.soon) return;
    this.soon = true;
    // It holds the process for this one turn: a loop that waits for events would not come by for one that does not.
    afterTurn(() => {
      this.soon = false;
      if (!this.needed) return;
      this.standing = true;
      // First, and gone before the others run: libraries that raise a signal again look whether they are alone.
      for (const signal of SIGNALS) process.prependListener(signal, this.take);
    });
  }

  /** Nothing waits any more. */
  leave(): void {
    this.needed = false;
    if (!this.standing || this.calming) return;
    this.calming = true;
    const timer = startTimer(() => {
      afterTurn(() => {
        this.calming = false;
        if (!this.needed) this.go();
      });
    }, CALM_MS);
    timer.unref();
  }

  private go(): void {
    this.standing = false;
    for (const signal of SIGNALS) process.removeListener(signal, this.take);
  }

  private readonly take = (signal: NodeJS.Signals): void => {
    this.go();
    if (process.listenerCount(signal) > 0) {
      this.acts.write();
      return;
    }
    this.ending = true;
    const raise = () => process.kill(process.pid, signal);
    const ended = this.acts.end();
    if (ended === undefined) raise();
    else void ended.then(raise, raise);
  };
}
