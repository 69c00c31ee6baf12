/** Where spans go as they start and end: to the program's span processors, and to the store's queue. */

import type { Context } from "@opentelemetry/api";
import { reasonOf, report } from "../diagnostics.ts";
import type { RecordedSpan } from "../span.ts";
import type { SpanEdit, SpanProcessor } from "../span-api.ts";
import type { TraceInfo } from "./destination.ts";
import { StoreQueue } from "./queue.ts";
import { openStore } from "./store.ts";
import { UniqueNames } from "./unique-names.ts";

/** Where spans go. */
export interface Outlets {
  /** Path of the embedded store; `undefined`: there is none. */
  readonly store: string | undefined;
  readonly processors: readonly SpanProcessor[];
  /** Functions that may change or drop a span before it goes anywhere. */
  readonly edits: readonly SpanEdit[];
  /** Whether names are made unique within their trace. */
  readonly uniqueNames: boolean;
}

class Outlet {
  /** Whether {@link admits} has to be asked. */
  edits = false;
  private editors: readonly SpanEdit[] = [];
  private readonly edited = new Set<RecordedSpan>();
  private processors: readonly SpanProcessor[] = [];
  private queue: StoreQueue | undefined;
  private names: UniqueNames | undefined;

  /** Sets where spans go from now on. */
  configure({ store, processors, edits, uniqueNames }: Outlets): void {
    this.release();
    this.queue?.close();
    this.queue = store === undefined ? undefined : new StoreQueue(() => openStore(store));
    this.processors = processors;
    this.editors = edits;
    this.edits = edits.length > 0;
    this.names = uniqueNames ? new UniqueNames() : undefined;
  }

  /** Lets the program's functions change a span that is about to end. Says whether it goes on to its end now. */
  admits(span: RecordedSpan): boolean {
    // A function that ends its span comes back here.
    if (this.edited.has(span)) return false;
    this.edited.add(span);
    try {
      if (!this.editors.map((edit) => applied(edit, span)).includes(false)) return true;
      span.drop();
      return false;
    } finally {
      this.edited.delete(span);
    }
  }

  started(span: RecordedSpan, parent: Context): void {
    for (const processor of this.processors) {
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
    for (const processor of this.processors) {
      try {
        processor.onEnd(span);
      } catch (error) {
        blame("onEnd", error);
      }
    }
    this.queue?.take(span);
  }

  /** A trace changed after its last span went out. */
  changed(trace: TraceInfo): void {
    this.queue?.takeChange(trace);
  }

  /** Writes what is pending and waits for the processors. Never rejects. */
  async flush(): Promise<void> {
    this.flushStore();
    await Promise.all(this.processors.map((processor) => settled("forceFlush", () => processor.forceFlush())));
  }

  /** Writes what is pending for the store. */
  flushStore(): void {
    this.queue?.flush();
  }

  /** {@link flush}, after which nothing is taken any more. */
  async shutdown(): Promise<void> {
    this.release();
    this.queue?.close();
    this.queue = undefined;
    const { processors } = this;
    this.processors = [];
    await Promise.all(processors.map((processor) => settled("shutdown", () => processor.shutdown())));
  }

  /** Spans that are held for their names go out with those they have. */
  private release(): void {
    for (const span of this.names?.drain() ?? []) this.deliver(span);
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

async function settled(method: string, call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (error) {
    blame(method, error);
  }
}

function blame(method: string, error: unknown): void {
  report(
    "SW2106",
    `a span processor given to init threw in ${method}: ${reasonOf(error)}`,
    "Repair or remove the processor; the others and the store still take every span.",
  );
}
