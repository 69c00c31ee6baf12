/** Who keeps the context and who makes the spans: each way a program can have set OpenTelemetry up. */

import { type Context, type ContextManager, context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { type SpanProcessor, StackContextManager, TracerProvider } from "@opentelemetry/sdk-trace";
import { init } from "spanwright";
import type { Need } from "./program.ts";

export interface Combination {
  readonly offers: readonly Need[];
  /** A module of this folder that is loaded before all others. */
  readonly preload?: string;
  setUp(processor: SpanProcessor): void;
  /** How many contexts are attached, where somebody counts. */
  attached?(): number;
}

export const COMBINATIONS: Readonly<Record<string, Combination>> = {
  "the runtime's own manager and provider": {
    offers: ["storage", "attach", "undici"],
    setUp: record,
  },
  "a plain variable, as in browsers": {
    offers: ["attach"],
    preload: "without-builtin-modules.js",
    setUp: record,
  },
  "the standard manager": {
    offers: ["storage", "attach", "undici"],
    setUp(processor) {
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      record(processor);
    },
  },
  "the standard manager and the SDK's provider": {
    offers: ["storage", "attach", "undici"],
    setUp(processor) {
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      provide(processor);
    },
  },
  "a manager that can only be attached to, and the SDK's provider": {
    offers: ["storage", "attach", "undici"],
    setUp(processor) {
      context.setGlobalContextManager(new ClosedManager());
      provide(processor);
    },
    attached: () => ClosedManager.attached,
  },
  "the SDK's manager for browsers, and its provider": {
    offers: [],
    setUp(processor) {
      context.setGlobalContextManager(new StackContextManager().enable());
      provide(processor);
    },
  },
};

/** Spans are the runtime's own. */
function record(processor: SpanProcessor): void {
  init({ store: false, spanProcessors: [processor] });
}

/** Spans are the SDK's. */
function provide(processor: SpanProcessor): void {
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [processor] }));
  init({ enabled: true, store: false });
}

/** The standard manager, without a way to its storage; it counts what is attached and not detached. */
class ClosedManager implements ContextManager {
  static attached = 0;
  readonly #inner = new AsyncLocalStorageContextManager();

  active(): Context {
    return this.#inner.active();
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    next: Context,
    body: F,
    self?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#inner.with(next, body, self, ...args);
  }

  bind<T>(next: Context, target: T): T {
    return this.#inner.bind(next, target);
  }

  attach(next: Context): { dispose(): void } {
    const token = this.#inner.attach(next);
    ClosedManager.attached += 1;
    return {
      dispose() {
        ClosedManager.attached -= 1;
        token.dispose();
      },
    };
  }

  enable(): this {
    return this;
  }

  disable(): this {
    return this;
  }
}
