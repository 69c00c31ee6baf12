/**
 * Sends what waits in an outbox to one target, beside the program: in parcels, several at once, after a pause
 * when the target cannot take them. It never holds the process, but for {@link Sender.flush}.
 */

import { ROOT_CONTEXT } from "@opentelemetry/api";
import { runInContext, SUPPRESSED_KEY } from "../context.ts";
import { reasonOf, report } from "../diagnostics.ts";
import { onWorkerd } from "../platform.ts";
import { DeliveryError } from "./destination.ts";
import type { Outbox, Parcel } from "./outbox.ts";
import { Backoff } from "./retry.ts";
import { tally } from "./tally.ts";
import type { Outcome, Problem, Target, TargetClient } from "./target.ts";

/** How often the outbox is looked at for what other processes left behind. */
const PATROL_MS = 5000;

const { setTimeout: startTimer, clearTimeout: stopTimer, setImmediate: startImmediate } = globalThis;

type Timer = ReturnType<typeof setTimeout>;

/** Node runs timers that have become due meanwhile in the turn it is in; browsers have nothing but timers. */
const nextTurn = (work: () => void) => (startImmediate === undefined ? startTimer(work, 0) : startImmediate(work));

/** How long a parcel may be under way: longer than any request takes. */
const LOST_MS = 120_000;

/** Nobody is to trace our own requests, nor to count them to the trace in which the spans ended. */
const SILENCE = ROOT_CONTEXT.setValue(SUPPRESSED_KEY, true);

export class Sender {
  readonly target: Target;
  private readonly open: () => Outbox;
  private outbox: Outbox | undefined;
  private client: Promise<TargetClient> | undefined;
  /** Parcels that are to be sent again. */
  private readonly again: Parcel[] = [];
  private readonly backoff = new Backoff();
  /** Parcels under way, and when they left. */
  private readonly underWay = new Map<Parcel, number>();
  /** The last attempt failed: one parcel tries for all. */
  private doubtful = false;
  private pausedUntil = 0;
  private fresh = 0;
  private timer: Timer | undefined;
  /** The next turn looks for more. */
  private goesOn = false;
  private patrol: Timer | undefined;
  private waiters: (() => void)[] = [];
  private closed = false;

  /** @param open opens the outbox when there may be something to send; may throw `DeliveryError` */
  constructor(target: Target, open: () => Outbox) {
    this.target = target;
    this.open = open;
    this.patrolLater();
  }

  /** Spans of this process have come into the outbox. */
  wake(spans: number): void {
    const before = this.fresh;
    this.fresh += spans;
    const { batch, delayMs } = this.target;
    // Once a parcel's worth has come, not again with each span that follows in the same turn.
    if (before < batch && this.fresh >= batch) this.schedule(0);
    else this.schedule(delayMs);
  }

  /** Number of spans that wait. */
  pending(): number {
    return this.attempt((outbox) => outbox.pending()) ?? 0;
  }

  /**
   * Sends all that waits, pause or not, and holds the process meanwhile.
   *
   * @param limitMs gives up after so many milliseconds
   * @returns when nothing waits any more, the target cannot take it now, or the time is over
   */
  async flush(limitMs: number): Promise<void> {
    if (this.closed || (this.underWay.size === 0 && this.pending() === 0)) return;
    let limit: Timer | undefined;
    const settled = new Promise<void>((resolve) => {
      this.waiters.push(resolve);
      // Holds the process, and ends the wait.
      limit = startTimer(resolve, limitMs);
    });
    const client = await this.connected();
    client?.hold(true);
    this.pausedUntil = 0;
    this.pump();
    await settled;
    client?.hold(false);
    if (limit !== undefined) stopTimer(limit);
  }

  /** Sends nothing any more; what is not sent waits in the outbox. */
  close(): void {
    this.closed = true;
    for (const timer of [this.timer, this.patrol]) if (timer !== undefined) stopTimer(timer);
    this.settleWaiters();
    this.attempt((outbox) => outbox.close());
    void this.client?.then((client) => client.close());
  }

  private schedule(delayMs: number): void {
    // There, timers end with the request they began in: spans are sent by flushes alone.
    if (this.closed || onWorkerd) return;
    if (this.timer !== undefined) {
      if (delayMs > 0) return;
      stopTimer(this.timer);
    }
    this.timer = startTimer(
      () => {
        this.timer = undefined;
        this.pump();
      },
      Math.max(delayMs, this.pausedUntil - performance.now(), 0),
    );
    unref(this.timer);
  }

  private patrolLater(): void {
    if (onWorkerd) return;
    this.patrol = startTimer(() => {
      this.pump();
      this.patrolLater();
    }, PATROL_MS);
    unref(this.patrol);
  }

  private pump(): void {
    if (this.closed || performance.now() < this.pausedUntil) return;
    this.fresh = 0;
    this.giveUpLost();
    const limit = this.doubtful ? 1 : this.target.inFlight;
    const parcel = this.underWay.size < limit ? (this.again.shift() ?? this.claim()) : undefined;
    if (parcel !== undefined) {
      this.underWay.set(parcel, performance.now());
      void runInContext(SILENCE, () => this.send(parcel));
      this.goOn();
    }
    if (this.underWay.size === 0) this.settleWaiters();
  }

  /** Looks for more in the next turn of the event loop: each parcel that is read and encoded holds the program up. */
  private goOn(): void {
    if (onWorkerd) {
      this.pump();
      return;
    }
    if (this.goesOn) return;
    this.goesOn = true;
    unref(
      nextTurn(() => {
        this.goesOn = false;
        this.pump();
      }),
    );
  }

  private claim(): Parcel | undefined {
    return this.attempt((outbox) => outbox.claim(this.target.batch, this.target.parcelBytes));
  }

  /** A worker that is stopped in the middle of a request hears of its answer no more. */
  private giveUpLost(): void {
    if (!onWorkerd) return;
    for (const [parcel, since] of this.underWay) {
      if (performance.now() - since < LOST_MS) continue;
      this.underWay.delete(parcel);
      parcel.uncertain = true;
      this.again.push(parcel);
    }
  }

  private async send(parcel: Parcel): Promise<void> {
    const outcome = await this.outcomeOf(parcel);
    if (!this.underWay.delete(parcel) || this.closed) return;
    if (outcome?.is === "done") this.done(parcel, outcome);
    else this.later(parcel, outcome?.afterMs, outcome?.problem);
  }

  private async outcomeOf(parcel: Parcel): Promise<Outcome | undefined> {
    const client = await this.connected();
    if (client === undefined || this.outbox === undefined) return undefined;
    try {
      return await client.send(parcel, this.outbox);
    } catch (error) {
      // Its message is not told: it may quote what a server said.
      const problem = {
        code: "SW2216",
        message: `spans could not be sent to ${this.target.label}: ${error instanceof Error ? error.name : "an error"}`,
        remedy: "They wait; please report this.",
      };
      return { is: "later", afterMs: undefined, problem };
    }
  }

  private done(parcel: Parcel, { dropped }: Outcome & { is: "done" }): void {
    const lost = dropped.reduce((sum, [, spans]) => sum + spans, 0);
    const sent = parcel.spans - lost;
    this.attempt((outbox) => outbox.settle(parcel, { sent, dropped }));
    tally.send(this.target.label, sent);
    for (const [code, spans] of dropped) tally.drop(code, spans, this.target.label);
    this.doubtful = false;
    this.backoff.reset();
    this.goOn();
  }

  private later(parcel: Parcel, afterMs: number | undefined, problem: Problem | undefined): void {
    // A server that is gone is found out by the next attempt, which takes a new connection.
    if (problem !== undefined && !problem.passes) report(problem.code, problem.message, problem.remedy);
    this.again.push(parcel);
    this.doubtful = true;
    this.pausedUntil = Math.max(this.pausedUntil, performance.now() + Math.max(afterMs ?? 0, this.backoff.next()));
    this.settleWaiters();
    this.schedule(this.pausedUntil - performance.now());
  }

  private settleWaiters(): void {
    for (const resolve of this.waiters.splice(0)) resolve();
  }

  /** The client, made once; `undefined`, reported, when the settings cannot be used. */
  private async connected(): Promise<TargetClient | undefined> {
    this.client ??= this.target.connect();
    try {
      return await this.client;
    } catch (error) {
      report(
        "SW2201",
        `${this.target.label} cannot be used: ${reasonOf(error)}`,
        "Correct its settings; until then its spans wait.",
      );
      return undefined;
    }
  }

  private attempt<T>(work: (outbox: Outbox) => T): T | undefined {
    try {
      this.outbox ??= this.open();
      return work(this.outbox);
    } catch (error) {
      // A store that is busy is asked again on the next patrol.
      if (!(error instanceof DeliveryError)) throw error;
      if (!error.retry) report(error.code, error.message, error.remedy);
      return undefined;
    }
  }
}

function unref(timer: Timer | NodeJS.Immediate): void {
  if (typeof timer === "object") timer.unref();
}
