/** Where spans go as they start and end: to the program's span processors, and to the store's queue. */

import type { Context } from "@opentelemetry/api";
import { reasonOf, report } from "../diagnostics.ts";
import type { RecordedSpan } from "../span.ts";
import type { SpanProcessor } from "../span-api.ts";
import type { TraceInfo } from "./destination.ts";
import { StoreQueue } from "./queue.ts";
import { openStore } from "./store.ts";

class Outlet {
  private processors: readonly SpanProcessor[] = [];
  private queue: StoreQueue | undefined;

  /**
   * Sets where spans go from now on.
   *
   * @param store path of the embedded store; `undefined`: nowhere
   */
  configure(store: string | undefined, processors: readonly SpanProcessor[]): void {
    this.queue?.close();
    this.queue = store === undefined ? undefined : new StoreQueue(() => openStore(store));
    this.processors = processors;
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
    this.queue?.flush();
    await Promise.all(this.processors.map((processor) => settled("forceFlush", () => processor.forceFlush())));
  }

  /** {@link flush}, after which nothing is taken any more. */
  async shutdown(): Promise<void> {
    this.queue?.close();
    this.queue = undefined;
    const { processors } = this;
    this.processors = [];
    await Promise.all(processors.map((processor) => settled("shutdown", () => processor.shutdown())));
  }
}

/** The one outlet of the process. */
export const outlet = new Outlet();

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
