/** The ways of spans to their targets where there is no store: what is to be sent waits in memory. */

import type { RecordedSpan } from "../span.ts";
import type { TraceInfo } from "./destination.ts";
import { MemoryOutbox } from "./memory-outbox.ts";
import type { ResourceAttributes } from "./outbox.ts";
import { Sender } from "./sender.ts";
import type { Target } from "./target.ts";

/** A target's outbox in memory, and who sends from it. */
interface Lane {
  readonly outbox: MemoryOutbox;
  readonly sender: Sender;
}

export class Lanes {
  private readonly lanes: readonly Lane[];

  /** @param emptied called when nothing waits any more in any of them */
  constructor(targets: readonly Target[], resource: ResourceAttributes, emptied: () => void) {
    this.lanes = targets.map((target) => {
      const settled = () => {
        if (this.pending === 0) emptied();
      };
      const outbox = new MemoryOutbox(target, resource, settled);
      return { outbox, sender: new Sender(target, () => outbox) };
    });
  }

  get senders(): readonly Sender[] {
    return this.lanes.map(({ sender }) => sender);
  }

  /** Number of spans that wait. */
  get pending(): number {
    return this.lanes.reduce((sum, { outbox }) => sum + outbox.pending(), 0);
  }

  /** Takes a span that has ended. */
  take(span: RecordedSpan): void {
    for (const { outbox, sender } of this.lanes) {
      outbox.take(span);
      sender.wake(1);
    }
  }

  /** Takes a trace that changed after its last span was taken. */
  takeChange(trace: TraceInfo): void {
    for (const { outbox, sender } of this.lanes) {
      outbox.takeChange(trace);
      sender.wake(0);
    }
  }
}
