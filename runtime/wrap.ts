/** `trace(fn)`: traces a function that the build did not see, by a wrapper at run time. */

import type { Context } from "@opentelemetry/api";
import { type InputColumn, inputColumn, renderInputs } from "./capture.ts";
import { Chunks, type OutputReducer } from "./chunks.ts";
import { configured } from "./configuration.ts";
import { currentContext, enterContext } from "./context.ts";
import type { FrameOptions } from "./contract.ts";
import { reportInternal } from "./diagnostics.ts";
import { type FrameSite, off, SyncFrame } from "./frame.ts";
import { applyOptions, seedOptionsOf } from "./frame-options.ts";
import { observeIterator } from "./iterators.ts";
import type { StreamObserver } from "./observers.ts";
import { isGeneratorFunction } from "./platform.ts";
import { readyToTrace, seedOf, startCallSpan } from "./provider.ts";
import type { SpanSeed } from "./span.ts";
import { type CallSpan, SpanType } from "./span-api.ts";
import { call } from "./streams.ts";

/** A function of any kind. */
export type AnyFunction = (this: never, ...args: never[]) => unknown;

/**
 * A function that does what the given one does, traced. Its name, its length and its `this` are the given
 * one's. Parameters are recorded by position, `arg0`, `arg1`, ... The span of a generator begins with the
 * first `next` of the object it returns.
 */
export function wrap<F extends AnyFunction>(fn: F, options: FrameOptions): F {
  const wrapped = new Wrapped(fn, options);
  const wrapper = function (this: unknown, ...args: unknown[]): unknown {
    if (new.target !== undefined) return Reflect.construct(fn, args, new.target === wrapper ? fn : new.target);
    return wrapped.call(this, args);
  };
  Object.defineProperties(wrapper, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
  return sameType(wrapper);
}

/** The wrapper takes and returns what the function does. */
function sameType<F extends AnyFunction>(wrapper: unknown): F {
  return wrapper as F;
}

class Wrapped implements FrameSite {
  readonly capturesOutputs: boolean;
  readonly leaf = false;
  readonly place: string;
  readonly reducer: OutputReducer | undefined;
  /** The same for a call that is not recorded but needs its context. */
  private readonly silent: FrameSite;
  private readonly fn: AnyFunction;
  private readonly options: FrameOptions;
  private readonly seed: SpanSeed;
  private readonly isGenerator: boolean;

  constructor(fn: AnyFunction, given: FrameOptions) {
    this.place = `trace(${fn.name || "<anonymous>"})`;
    const [seeds, options] = seedOptionsOf(given, this.place);
    this.capturesOutputs = options.outputs !== false;
    this.reducer = typeof options.outputReducer === "function" ? options.outputReducer : undefined;
    this.silent = { capturesOutputs: false, leaf: false, place: this.place };
    this.fn = fn;
    this.options = options;
    // The options' own name and type are set as the span starts.
    this.seed = seedOf(fn.name || "<anonymous>", SpanType.UNKNOWN, undefined, seeds);
    this.isGenerator = isGeneratorFunction(fn);
  }

  call(self: unknown, args: unknown[]): unknown {
    if (!configured()) return call(this.fn, self, args);
    return this.isGenerator ? this.callGenerator(self, args) : this.callPlain(self, args);
  }

  private callPlain(self: unknown, args: unknown[]): unknown {
    const span = this.begin(args);
    const frame =
      span === undefined ? off : new SyncFrame(span, span.isRecording() ? this : this.silent, currentContext());
    if (span !== undefined) enterContext(span.context);
    try {
      return frame.ret(call(this.fn, self, args));
    } catch (error) {
      throw frame.fail(error);
    }
  }

  private callGenerator(self: unknown, args: unknown[]): unknown {
    const generator = call(this.fn, self, args);
    if (typeof generator === "object" && generator !== null) {
      observeIterator(generator, new GeneratorCall(() => this.chunksOf(this.begin(args))));
    }
    return generator;
  }

  private chunksOf(span: CallSpan | undefined): Chunks | undefined {
    if (span === undefined) return undefined;
    const chunks = new Chunks(span, this.capturesOutputs && span.isRecording());
    if (this.reducer !== undefined) chunks.reduceWith(this.reducer);
    return chunks;
  }

  private begin(args: readonly unknown[]): CallSpan | undefined {
    try {
      readyToTrace();
      const span = startCallSpan(this.seed, currentContext(), this.options.root === true);
      span?.captureInputs(renderInputs(positional(args.length), args));
      if (span !== undefined) applyOptions(span, this.options, this);
      return span;
    } catch (error) {
      reportInternal(error);
      return undefined;
    }
  }
}

/** What the parameters of a function are called that was not compiled, is not known. */
function positional(count: number): readonly InputColumn[] {
  return Array.from({ length: count }, (_, index) => inputColumn(`arg${index}`));
}

/** A call of a generator function, which begins with the first `next`, if ever. */
class GeneratorCall implements StreamObserver {
  private readonly start: () => Chunks | undefined;
  private begun = false;
  private chunks: Chunks | undefined = undefined;

  /** @param start begins the span; `undefined`: it is not recorded */
  constructor(start: () => Chunks | undefined) {
    this.start = start;
  }

  get open(): boolean {
    return !this.begun || this.chunks?.open === true;
  }

  get context(): Context {
    return this.chunks?.context ?? currentContext();
  }

  begin(holder: object): void {
    this.begun = true;
    this.chunks = this.start();
    this.chunks?.begin(holder);
  }

  add(item: unknown): void {
    this.chunks?.add(item);
  }

  finish(): void {
    // A generator that is returned from before its first `next` never runs its body.
    this.begun = true;
    this.chunks?.finish();
  }

  leave(): void {
    this.finish();
  }

  fail(reason: unknown): void {
    this.begun = true;
    this.chunks?.fail(reason);
  }

  blind(): void {
    this.chunks?.blind();
  }
}
