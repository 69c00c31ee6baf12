/** Where spans go as they start and end: to the program's span processors, to the store, and on to the targets. */

import type { Context } from "@opentelemetry/api";
import { reasonOf, report } from "../diagnostics.ts";
import { recorderIn } from "../recorders.ts";
import { resource } from "../resource.ts";
import type { RecordedSpan } from "../span.ts";
import type { SpanEdit, SpanProcessor } from "../span-api.ts";
import type { FinishedSpan, TraceInfo } from "./destination.ts";
import { type EndWatch, watchEnd } from "./ending.ts";
import { Lanes } from "./lanes.ts";
import type { RetentionOptions } from "./retention.ts";
import type { Sender } from "./sender.ts";
import { newStoreWay, type StoreWay } from "./store-way.ts";
import { type Stats, tally } from "./tally.ts";
import type { Target } from "./target.ts";
import { UniqueNames } from "./unique-names.ts";

/** How long the end of a process waits for targets, milliseconds. */
const LAST_ATTEMPT_MS = 2000;

/** How long a flush waits for them that is not told how long. */
const FLUSH_MS = 10_000;

// Fake timers of a test that replaces the globals must not keep it waiting.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** Where spans go. */
export interface Route {
  /** Path of the embedded store; `undefined`: none. */
  readonly store: string | undefined;
  readonly retention: RetentionOptions;
  readonly targets: readonly Target[];
  readonly processors: readonly SpanProcessor[];
  /** Functions that may change or drop a span before it goes anywhere. */
  readonly edits: readonly SpanEdit[];
  /** Whether names are made unique within their trace. */
  readonly uniqueNames: boolean;
  /** Takes every span as it ends. */
  readonly echo: ((span: FinishedSpan) => void) | undefined;
}

class Outlet {
  /** Whether {@link admits} has to be asked. */
  edits = false;
  private readonly edited = new Set<RecordedSpan>();
  private names: UniqueNames | undefined;
  private route: Route | undefined;
  private store: StoreWay | undefined;
  /** Where there is no store, or it cannot take spans. */
  private lanes: Lanes | undefined;
  private watch: EndWatch | undefined;

  /** Path of the embedded store; `undefined`: there is none. */
  get storePath(): string | undefined {
    return this.route?.store;
  }

  /** Where spans are sent. */
  get targets(): readonly Target[] {
    return this.route?.targets ?? [];
  }

  /** Sets where spans go from now on. */
  configure(route: Route): void {
    this.release();
    this.closeAll();
    this.route = route;
    this.edits = route.edits.length > 0;
    this.names = route.uniqueNames ? new UniqueNames() : undefined;
    const { store, targets } = route;
    this.store = store === undefined ? undefined : this.storeWay(store, route);
    if (this.store === undefined) this.lanes = this.newLanes(targets);
    if (targets.length > 0 || store !== undefined) this.watchTheEnd();
  }

  /** Lets the program's functions change a span that is about to end. Says whether it goes on to its end now. */
  admits(span: RecordedSpan): boolean {
    // A function that ends its span comes back here.
    if (this.edited.has(span)) return false;
    this.edited.add(span);
    try {
      if (!(this.route?.edits ?? []).map((edit) => applied(edit, span)).includes(false)) return true;
      span.drop();
      return false;
    } finally {
      this.edited.delete(span);
    }
  }

  started(span: RecordedSpan, parent: Context): void {
    for (const processor of this.route?.processors ?? []) {
      try {
        processor.onStart(span, parent);
      } catch (error) {
        blame("onStart", error);
      }
    }
  }

  finished(span: RecordedSpan): void {
    if (this.names === undefined) this.deliver(span);
    else for (const settled of this.names.take(span)) this.deliver(settled);
  }

  private deliver(span: RecordedSpan): void {
    for (const processor of this.route?.processors ?? []) {
      try {
        processor.onEnd(span);
      } catch (error) {
        blame("onEnd", error);
      }
    }
    const recorder = recorderIn(span.base);
    if (recorder !== undefined) {
      recorder.spans.push(span.finished());
      return;
    }
    this.route?.echo?.(span.finished());
    if (this.store !== undefined) this.store.queue.take(span);
    else if (this.lanes !== undefined) this.takeIntoLanes(this.lanes, span);
  }

  /** A trace changed after its last span went out. */
  changed(trace: TraceInfo): void {
    this.store?.queue.takeChange(trace);
    this.lanes?.takeChange(trace);
  }

  /** What became of this process's spans. */
  stats(): Stats {
    const pending = new Map<string, number>();
    for (const sender of this.allSenders()) {
      const { label } = sender.target;
      pending.set(label, (pending.get(label) ?? 0) + sender.pending());
    }
    return tally.stats(this.store?.queue.waiting ?? 0, pending);
  }

  /** Writes what is pending, and waits so many milliseconds for the targets and the processors. Never rejects. */
  async flush(limitMs = FLUSH_MS): Promise<void> {
    this.flushStore();
    const processors = this.route?.processors ?? [];
    await Promise.all([
      ...this.allSenders().map((sender) => sender.flush(limitMs)),
      ...processors.map((processor) => settled("forceFlush", limitMs, () => processor.forceFlush())),
    ]);
  }

  /** Writes what is pending for the store. */
  flushStore(): void {
    this.store?.queue.flush();
  }

  /** {@link flush}, after which nothing is taken any more. */
  async shutdown(limitMs = FLUSH_MS): Promise<void> {
    this.release();
    const processors = this.route?.processors ?? [];
    this.route = undefined;
    this.store?.queue.flush();
    await Promise.all([
      ...this.allSenders().map((sender) => sender.flush(limitMs)),
      ...processors.map((processor) => settled("shutdown", limitMs, () => processor.shutdown())),
    ]);
    // The program may have configured anew meanwhile.
    if (this.route === undefined) this.closeAll();
  }

  /** Spans that are held for their names go out with those they have. */
  private release(): void {
    for (const span of this.names?.drain() ?? []) this.deliver(span);
  }

  private storeWay(path: string, { targets, retention }: Route): StoreWay | undefined {
    return newStoreWay(path, targets, retention, {
      waits: () => this.watch?.stand(),
      emptied: () => this.relax(),
      instead: (spans) => this.goWithoutStore(spans, targets),
    });
  }

  private newLanes(targets: readonly Target[]): Lanes {
    return new Lanes(targets, resource().attributes, () => this.relax());
  }

  private takeIntoLanes(lanes: Lanes, span: RecordedSpan): void {
    lanes.take(span);
    this.watch?.stand();
  }

  private goWithoutStore(spans: readonly RecordedSpan[], targets: readonly Target[]): void {
    this.lanes ??= this.newLanes(targets);
    for (const span of spans) this.takeIntoLanes(this.lanes, span);
  }

  /** Lets signals end the process as they like, once nothing waits in memory. */
  private relax(): void {
    if (this.store?.queue.waiting ?? 0) return;
    if (this.lanes?.pending ?? 0) return;
    this.watch?.leave();
  }

  private allSenders(): readonly Sender[] {
    return [...(this.store?.senders ?? []), ...(this.lanes?.senders ?? [])];
  }

  private closeAll(): void {
    this.store?.queue.close();
    for (const sender of this.allSenders()) sender.close();
    this.store = undefined;
    this.lanes = undefined;
    this.watch?.leave();
  }

  private watchTheEnd(): void {
    this.watch ??= watchEnd({
      attempt: () => this.attempt(),
      write: () => this.write(),
      end: () => this.end(),
      conclude: () => this.conclude(),
    });
  }

  /** Nothing is left to do but to send what waits. */
  private attempt(): void {
    this.store?.queue.flush();
    for (const sender of this.allSenders()) void sender.flush(LAST_ATTEMPT_MS);
  }

  /** Brings what waits in memory on its way. */
  private write(): void {
    this.release();
    this.store?.queue.flush();
    for (const sender of this.lanes?.senders ?? []) void sender.flush(LAST_ATTEMPT_MS);
  }

  /** The process is to end: at once where spans are kept in the store, else after a last attempt to send them. */
  private end(): Promise<void> | undefined {
    this.release();
    this.store?.queue.flush();
    const senders = this.lanes?.senders ?? [];
    if (senders.length === 0) {
      this.conclude();
      return undefined;
    }
    return Promise.all(senders.map((sender) => sender.flush(LAST_ATTEMPT_MS))).then(() => this.conclude());
  }

  /** The process ends now. */
  private conclude(): void {
    this.release();
    // Spans may still end in exit handlers of the program: the queue takes them, and writes each at once.
    this.store?.queue.end();
    for (const sender of this.allSenders()) sender.close();
    tally.sayDropped();
  }
}

/** The one outlet of the process. */
export const outlet = new Outlet();

/** What a function says of a span: `false` drops it. */
function applied(edit: SpanEdit, span: RecordedSpan): unknown {
  try {
    const said: unknown = edit(span);
    if (said !== undefined && said !== false) {
      report(
        "SW2124",
        "a function among the spanProcessors of init returned a value, which is ignored",
        "Return false to drop the span, and nothing to keep it.",
      );
    }
    return said;
  } catch (error) {
    blame("a function", error);
    return undefined;
  }
}

/** Waits for a processor as long as it may take. */
async function settled(method: string, limitMs: number, call: () => Promise<void>): Promise<void> {
  let limit: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    limit = startTimer(resolve, limitMs);
  });
  try {
    await Promise.race([call(), over]);
  } catch (error) {
    blame(method, error);
  } finally {
    if (limit !== undefined) stopTimer(limit);
  }
}

function blame(method: string, error: unknown): void {
  report(
    "SW2106",
    `a span processor given to init threw in ${method}: ${reasonOf(error)}`,
    "Repair or remove the processor; the others and the store still take every span.",
  );
}
