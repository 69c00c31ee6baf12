/**
 * What emitted code holds while a traced function runs: one class for each kind of function. A frame keeps the
 * span's context current while the body runs, and only then; see {@link State}.
 */

import type { Context } from "@opentelemetry/api";
import { render } from "./capture.ts";
import { Chunks, type OutputReducer, reportUnusedReducer } from "./chunks.ts";
import { blocks, currentContext, enterContext, followsAwait } from "./context.ts";
import type { Frame, FrameOptions } from "./contract.ts";
import { reasonOf, report, reportInternal } from "./diagnostics.ts";
import { applyOptions, type OptionSite } from "./frame-options.ts";
import { isProxy } from "./platform.ts";
import { delegating, iterating, repairMessage, takingApart } from "./quotation.ts";
import {
  awaitable,
  chain,
  followed,
  handlesPlainly,
  isPlainPromise,
  seenAwaited,
  thenOf,
  watchInto,
} from "./results.ts";
import { observeStream, observeThenable, type Recording, Settlement } from "./settlement.ts";
import type { CallSpan } from "./span-api.ts";
import { awaitedNothing, call, disposableView, iterableView, readStep, type Stepping } from "./streams.ts";
import { abandonWith } from "./unfinished.ts";

/** Where a call stands between the span's context and its surroundings. */
const State = {
  /** Inside, entered from a caller or consumer that is to get its context back. */
  entered: 0,
  /** Inside, in a job of its own after an `await`: there is nobody to give a context back to. */
  alone: 1,
  /** Left for an `await`. */
  awaiting: 2,
  /** Left for a `yield`. */
  yielding: 3,
  /** Never inside: a body that calls nothing, or a call that is over. */
  outside: 4,
} as const;

type State = (typeof State)[keyof typeof State];

/** What a frame knows of its function. */
export interface FrameSite extends OptionSite {
  /** Whether outputs and chunks are captured. */
  readonly capturesOutputs: boolean;
  /** Whether the body needs no context of its own. */
  readonly leaf: boolean;
  /** Whether the body may run on after a `return`, so that a `finally` calls `end`. */
  readonly runsOn?: boolean;
  /** Makes the outputs of a stream's items, when it is known before the call. */
  readonly reducer?: OutputReducer | undefined;
}

/** Hands on another value where the program expects its own: the contract's types say "the same type". */
function inPlaceOf<T>(_original: T, replacement: unknown): T {
  return replacement as T;
}

/** Hands every value on: all there is to do for a call that is not recorded, or that never leaves its job. */
class PassingFrame implements Frame {
  get on(): boolean {
    return false;
  }

  configure(_options: FrameOptions): void {}

  misconfigured(_error: unknown): void {}

  ret<T>(value: T, _handled?: boolean): T {
    return value;
  }

  fail<E>(error: E): E {
    repairMessage(error);
    return error;
  }

  caught(error: unknown): void {
    repairMessage(error);
  }

  end(): void {}

  suspend<T>(value: T): T {
    return value;
  }

  resume<T>(value: T, listed?: boolean): T;
  resume(): void;
  resume<T>(value?: T, listed?: boolean): T | undefined {
    if (listed) takingApart(value);
    return value;
  }

  chunk<T>(value?: T): T {
    return inPlaceOf(value as T, value);
  }

  delegate<T>(iterable: T, described?: boolean): T {
    delegating(iterable, described);
    return iterable;
  }

  iterate<T>(iterable: T, quoted?: string): T {
    iterating(quoted);
    return iterable;
  }

  disposable<T>(resource: T, _last?: boolean): T {
    return resource;
  }

  reentry(): { [Symbol.dispose](): void } | null {
    return null;
  }
}

abstract class RecordedFrame extends PassingFrame implements Recording {
  readonly span: CallSpan;
  protected readonly site: FrameSite;
  protected outer: Context;
  protected state: State;
  captures: boolean;
  reducer: OutputReducer | undefined;
  /** What was returned and settles later, or is a stream. */
  protected pending: Settlement | Chunks | undefined = undefined;
  private returned = false;
  /** What went wrong here; said at the end, when there is stack left to say it on. */
  protected trouble: unknown = undefined;

  /** @param outer the context to give back; the span's own is current already, except in a leaf */
  constructor(span: CallSpan, site: FrameSite, outer: Context) {
    super();
    this.span = span;
    this.site = site;
    this.outer = outer;
    this.state = site.leaf ? State.outside : State.entered;
    this.captures = site.capturesOutputs;
    this.reducer = site.reducer;
  }

  override get on(): boolean {
    return true;
  }

  get place(): string {
    return this.site.place;
  }

  override configure(options: FrameOptions): void {
    try {
      if (options?.outputs === false) this.captures = false;
      applyOptions(this.span, options, this.site);
      if (typeof options?.outputReducer === "function") this.reducer = options.outputReducer;
    } catch (error) {
      this.misconfigured(error);
    }
  }

  override misconfigured(error: unknown): void {
    report(
      "SW2102",
      `the options of trace(...) in ${this.site.place} threw: ${reasonOf(error)}`,
      "The call is recorded without them; repair the expression.",
    );
  }

  override ret<T>(value: T, handled?: boolean): T {
    let handed = value;
    try {
      this.returned = true;
      if (this.pending !== undefined) this.supersede();
      if (value !== null && (typeof value === "object" || typeof value === "function")) {
        handed = inPlaceOf(value, this.observed(value, handled));
      } else if (this.captures) this.span.captureOutputs(value === undefined ? undefined : render(value));
    } catch (error) {
      this.trouble = error;
    }
    if (!this.site.runsOn) this.end();
    return handed;
  }

  override fail<E>(error: E): E {
    repairMessage(error);
    try {
      this.failed(error);
    } catch (trouble) {
      this.trouble = trouble;
    }
    if (!this.site.runsOn) this.end();
    return error;
  }

  override end(): void {
    try {
      const { state } = this;
      this.state = State.outside;
      if (state === State.entered) enterContext(this.outer);
      this.complete();
      if (this.trouble !== undefined) reportInternal(this.trouble);
    } catch {
      // Only at the end of the stack; whoever called this function gives its own context back.
    }
  }

  /** Records an object that is returned, or leaves that to {@link pending}; returns what goes out in its place. */
  protected observed(value: object, _handled?: boolean): unknown {
    if (this.captures) this.span.captureOutputs(render(value));
    return value;
  }

  /** The call threw. */
  protected failed(error: unknown): void {
    this.returned = false;
    if (this.pending !== undefined) this.supersede();
    this.span.captureOutputs(undefined);
    this.span.failed(error);
  }

  /** The call is over: ends the span, or leaves that to its result. */
  protected complete(): void {
    if (this.pending !== undefined) return;
    if (this.reducer !== undefined && this.returned) reportUnusedReducer(this.place);
    this.span.finish();
  }

  /** A `finally` of the program overrides what was returned before. */
  private supersede(): void {
    this.pending?.cancel();
    this.pending = undefined;
  }
}

/** A call of a plain function. */
export class SyncFrame extends RecordedFrame {
  /** What the caller gets for an object: the object, or the follower of a native promise. */
  protected override observed(value: object, handled?: boolean): unknown {
    if (isPlainPromise(value)) {
      const settlement = new Settlement(this);
      this.pending = settlement;
      if (handled !== true || !handlesPlainly(value)) return chain(value, settlement);
      // It is handled whatever the caller does: one more handler changes nothing for anybody.
      watchInto(value, settlement);
      return value;
    }
    if (isProxy(value) || !this.endsLater(value)) {
      if (this.captures) this.span.captureOutputs(render(value));
    }
    return value;
  }

  /** Whether the span's end can be left to a thenable or to a stream. */
  private endsLater(value: object): boolean {
    const then = thenOf(value);
    this.pending = then === undefined ? observeStream(value, this) : observeThenable(value, then, this);
    return this.pending !== undefined;
  }
}

/** A call of a function that may leave its job and come back. */
abstract class SuspendingFrame extends RecordedFrame implements Stepping {
  /** What was current as the call left, where that is not its span: a `using` of the program has entered another. */
  private inner: Context | undefined = undefined;
  /** Whether there was a resource since the last `reentry` of the block at hand. */
  private groupHasResource = false;

  override suspend<T>(value: T): T {
    if (this.state !== State.entered) return value;
    this.state = State.awaiting;
    let handed = value;
    try {
      this.rememberInner();
      if (typeof value === "object" || typeof value === "function") handed = this.awaitable(value);
      enterContext(this.outer);
    } catch (error) {
      this.trouble = error;
    }
    return handed;
  }

  override resume<T>(value: T, listed?: boolean): T;
  override resume(): void;
  override resume<T>(value?: T, listed?: boolean): T | undefined {
    if (listed) takingApart(value);
    try {
      if (this.state === State.awaiting || this.state === State.yielding) this.reenter();
    } catch (error) {
      this.trouble = error;
    }
    return value;
  }

  override caught(error: unknown): void {
    repairMessage(error);
    this.resume();
  }

  override iterate<T>(iterable: T, quoted?: string): T {
    iterating(quoted);
    return inPlaceOf(iterable, iterableView(this, iterable, false));
  }

  override disposable<T>(resource: T, last?: boolean): T {
    const isNothing = resource === null || resource === undefined;
    if (!isNothing) this.groupHasResource = true;
    const awaitsNothing = isNothing && last === true && !this.groupHasResource;
    return inPlaceOf(resource, awaitsNothing ? awaitedNothing(this) : disposableView(this, resource));
  }

  override reentry(): { [Symbol.dispose](): void } {
    const around = this.groupHasResource;
    this.groupHasResource = false;
    return {
      [Symbol.dispose]: () => {
        this.groupHasResource = around;
        this.reenterBlock();
      },
    };
  }

  dispose(method: unknown, resource: unknown, synchronous: boolean): unknown {
    try {
      this.resume();
      return this.suspend(call(method, resource, []));
    } catch (error) {
      if (synchronous) this.suspend(undefined);
      throw error;
    } finally {
      // Where `await using` is compiled away, this is a job of a helper's, and the function goes on in another
      // one: whatever comes next has to enter again.
      if (this.state === State.alone) this.state = State.awaiting;
    }
  }

  /** Hands the result of a step of `yield*` on, leaving as for a `yield`. */
  passOn(result: unknown): unknown {
    return result;
  }

  private awaitable<T>(value: T): T {
    return inPlaceOf(value, awaitable(value, this.span));
  }

  /** After the disposals of a block; as in {@link dispose}, the state stays for those who come next. */
  private reenterBlock(): void {
    if (this.state === State.awaiting && followsAwait()) enterContext(this.span.context);
    else this.resume();
  }

  private reenter(): void {
    // After a `yield` the consumer goes on in the same job, and so it does after an `await` that nothing follows.
    if (this.state === State.awaiting && followsAwait()) {
      this.state = State.alone;
    } else {
      this.outer = currentContext();
      this.state = State.entered;
    }
    enterContext(this.inner ?? this.span.context);
  }

  /** Remembers what is current, before the call leaves. */
  protected rememberInner(): void {
    this.inner = blocks.entered === 0 ? undefined : currentContext();
  }
}

/** A call of an async function. */
export class AsyncFrame extends SuspendingFrame {
  /** What the function's promise is resolved with. */
  protected override observed(value: object): unknown {
    const settlement = new Settlement(this);
    const follower = isProxy(value) ? value : followed(value, settlement);
    if (follower !== value) {
      this.pending = settlement;
      return follower;
    }
    this.pending = observeStream(value, this);
    if (this.pending === undefined && this.captures) this.span.captureOutputs(render(value));
    return value;
  }
}

/** A call of a generator function; it begins with the first `next`. */
export class GeneratorFrame extends SuspendingFrame {
  protected readonly chunks: Chunks;
  private watched = false;

  constructor(span: CallSpan, site: FrameSite, outer: Context) {
    super(span, site, outer);
    this.chunks = new Chunks(span, site.capturesOutputs);
  }

  override chunk<T>(value?: T): T {
    try {
      this.chunks.add(value);
      this.leaveForYield();
    } catch (error) {
      this.trouble = error;
    }
    return inPlaceOf(value as T, value);
  }

  override delegate<T>(iterable: T, described?: boolean): T {
    delegating(iterable, described);
    return inPlaceOf(iterable, iterableView(this, iterable, true));
  }

  /** A generator's return value is no item of it. */
  override ret<T>(value: T): T {
    return value;
  }

  protected override failed(error: unknown): void {
    this.span.failed(error);
  }

  override passOn(result: unknown): unknown {
    const step = readStep(result);
    if (step?.done === true) return result;
    if (step !== undefined) this.chunks.add(step.value);
    this.leaveForYield();
    return result;
  }

  protected leaveForYield(): void {
    if (!this.watched) {
      this.watched = true;
      abandonWith(this, this.chunks);
    }
    if (this.state !== State.outside) this.rememberInner();
    if (this.state === State.entered) enterContext(this.outer);
    // Alone, only queued requests of an async generator run on in this job, and they enter by themselves.
    if (this.state !== State.outside) this.state = State.yielding;
  }

  override configure(options: FrameOptions): void {
    super.configure(options);
    if (!this.captures) this.chunks.mute();
    if (this.reducer !== undefined) this.chunks.reduceWith(this.reducer);
  }

  protected override complete(): void {
    this.chunks.finish();
  }
}

/** A call of an async generator function. */
export class AsyncGeneratorFrame extends GeneratorFrame {
  /** `yield E` awaits E first: what is recorded is what E settles to. */
  override chunk<T>(value?: T): T {
    const { chunks } = this;
    let handed: unknown = value;
    try {
      handed = seenAwaited(value, this.span, (item) => chunks.add(item));
      this.leaveForYield();
    } catch (error) {
      this.trouble = error;
    }
    return inPlaceOf(value as T, handed);
  }

  /** `return E` awaits E as well, before the program's `finally` runs; where it is compiled away, often not. */
  override ret<T>(value: T): T {
    const handed = this.suspend(value);
    if (this.state === State.awaiting) this.state = State.yielding;
    return handed;
  }

  override passOn(result: unknown): unknown {
    const { chunks } = this;
    const handed = seenAwaited(result, this.span, (settled) => {
      const step = readStep(settled);
      if (step?.done === false) chunks.add(step.value);
    });
    this.leaveForYield();
    return handed;
  }
}

/** The frame of a call that is not recorded: hands values on, allocates nothing. */
export const off: Frame = new PassingFrame();
