/** What became of this process's spans, and the one line that says so when some were dropped. */

import { report } from "../diagnostics.ts";

/** Spans of one target. */
export interface TargetStats {
  /** Waiting to be sent. Where there is a store, those of other processes are among them. */
  readonly pending: number;
  /** Taken by the target. */
  readonly sent: number;
  /** Not sent, by the code of the reason, see docs/diagnostics.md. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** What became of the spans of this process. */
export interface Stats {
  /** Spans written to the store. */
  readonly stored: number;
  /** Spans that wait in memory for the store. */
  readonly waiting: number;
  /** Spans that were lost before they reached the store, by the code of the reason. */
  readonly dropped: Readonly<Record<string, number>>;
  /** By target: its kind and its address. */
  readonly targets: Readonly<Record<string, TargetStats>>;
}

interface Counts {
  sent: number;
  readonly dropped: Map<string, number>;
}

/** Under this name, what the store itself took and lost. */
const STORE = "the trace store";

class Tally {
  private readonly counts = new Map<string, Counts>();
  private stored = 0;

  /** Spans were written to the store. */
  keep(spans: number): void {
    this.stored += spans;
  }

  /** A target took spans. */
  send(target: string, spans: number): void {
    this.of(target).sent += spans;
  }

  /** Spans are lost. */
  drop(code: string, spans: number, target: string = STORE): void {
    if (spans === 0) return;
    const { dropped } = this.of(target);
    dropped.set(code, (dropped.get(code) ?? 0) + spans);
  }

  /** The counts so far. */
  stats(waiting: number, pending: ReadonlyMap<string, number>): Stats {
    const targets: Record<string, TargetStats> = {};
    for (const label of new Set([...pending.keys(), ...this.counts.keys()])) {
      if (label === STORE) continue;
      const { sent, dropped } = this.of(label);
      targets[label] = { pending: pending.get(label) ?? 0, sent, dropped: Object.fromEntries(dropped) };
    }
    return { stored: this.stored, waiting, dropped: Object.fromEntries(this.of(STORE).dropped), targets };
  }

  /** Says how many spans were dropped, if any were. */
  sayDropped(): void {
    const reasons = [...this.counts].flatMap(([target, { dropped }]) =>
      [...dropped].map(([code, spans]): [number, string] => [spans, `${spans} on the way to ${target} (${code})`]),
    );
    if (reasons.length === 0) return;
    const total = reasons.reduce((sum, [spans]) => sum + spans, 0);
    report(
      "SW2108",
      `${total} finished span${total === 1 ? " was" : "s were"} dropped: ${reasons.map(([, text]) => text).join(", ")}`,
      "See the messages above, or look the codes up.",
    );
  }

  private of(target: string): Counts {
    let counts = this.counts.get(target);
    if (counts === undefined) {
      counts = { sent: 0, dropped: new Map() };
      this.counts.set(target, counts);
    }
    return counts;
  }
}

/** The one tally of the process. */
export const tally = new Tally();
