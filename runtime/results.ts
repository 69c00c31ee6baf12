/**
 * Results that settle later. Which kind a value is, is told without running any of the program's code; a
 * foreign `then` is never called, only accompanied when the program calls it.
 */

import type { Context } from "@opentelemetry/api";
import { dataOf } from "./capture.ts";
import { currentContext, enterContext } from "./context.ts";
import { isPromise, isProxy } from "./platform.ts";
import type { CallSpan } from "./span-api.ts";
import { abandonWith, settledBefore, type Waiting } from "./unfinished.ts";

type Callback = (this: unknown, ...args: unknown[]) => unknown;
/** The `then` of a thenable. */
export type Then = (this: never, fulfilled?: never, rejected?: never) => unknown;

const THEN = "then";
const intrinsicThen: Then = Promise.prototype.then;

/** Whether a value is a promise as `Promise` makes it: `await` and `then` of it run no foreign code. */
export function isPlainPromise(value: object): value is Promise<unknown> {
  return (
    isPromise(value) &&
    Object.getPrototypeOf(value) === Promise.prototype &&
    !Object.hasOwn(value, "then") &&
    !Object.hasOwn(value, "constructor")
  );
}

/** Whether calling one of a plain promise's methods has attached a handler to it. */
export function handlesPlainly(promise: Promise<unknown>): boolean {
  return HANDLING.every(([key, intrinsic]) => dataOf(promise, key) === intrinsic);
}

const HANDLING = ["then", "catch", "finally"].map((key) => [key, dataOf(Promise.prototype, key)] as const);

/** The `then` of a thenable, when it can be had without running a getter or touching a Proxy. */
export function thenOf(value: object): Then | undefined {
  const then = dataOf(value, "then");
  return typeof then === "function" && !isProxy(then) ? callable(then) : undefined;
}

function callable(then: object): Then {
  return then as Then; // typeof said so; what it takes and returns is passed on as it is
}

/** Watches a plain promise without changing when anything of the program runs. Marks it as handled. */
export function watch(
  promise: Promise<unknown>,
  fulfilled: (value: unknown) => void,
  rejected: (reason: unknown) => void,
): void {
  Reflect.apply(intrinsicThen, promise, [fulfilled, rejected]);
}

/** {@link watch}, for who is told by an object. */
export function watchInto(promise: Promise<unknown>, outcome: Outcome): void {
  watch(
    promise,
    (value) => outcome.fulfilled(value),
    (reason) => outcome.rejected(reason),
  );
}

/** Who is told how a promise or a thenable settles. */
export interface Outcome {
  readonly open: boolean;
  /** The context in which a lazy thenable does its work. */
  readonly context: Context;
  fulfilled(value: unknown): void;
  rejected(reason: unknown): void;
  /** Nobody asked for the result in a way that can be seen. */
  unobserved(): void;
}

/** A thenable whose `then` was not called yet. */
class Untouched implements Waiting {
  private readonly outcome: Outcome;
  private called = false;

  constructor(outcome: Outcome) {
    this.outcome = outcome;
  }

  get open(): boolean {
    return !this.called && this.outcome.open;
  }

  touch(): void {
    this.called = true;
    settledBefore(this);
  }

  abandon(): void {
    this.outcome.unobserved();
  }
}

const chained = new WeakMap<Promise<unknown>, Promise<unknown>>();

/**
 * The promise that the caller of a plain function gets in place of a native one. It settles one tick later
 * in the same way, and takes over who handles a rejection: nobody's stays one unhandled rejection.
 */
export function chain(promise: Promise<unknown>, outcome: Outcome): unknown {
  const known = chained.get(promise);
  if (known !== undefined) {
    watchInto(promise, outcome);
    return known;
  }
  const follower = chainWith(
    promise,
    (value) => outcome.fulfilled(value),
    (reason) => outcome.rejected(reason),
  );
  chained.set(promise, follower);
  return follower;
}

/** A promise that settles as another one does, after one of two callbacks saw how. */
export function chainWith(
  promise: Promise<unknown>,
  fulfilled: (value: unknown) => void,
  rejected: (reason: unknown) => void,
): Promise<unknown> {
  const follower = Reflect.apply(intrinsicThen, promise, [
    (value: unknown) => {
      fulfilled(value);
      return value;
    },
    (reason: unknown) => {
      rejected(reason);
      throw reason;
    },
  ]);
  return follower as Promise<unknown>; // what the intrinsic `then` of a plain promise returns
}

/**
 * Gives a thenable an own `then` for one call: it takes itself away, runs the thenable's `then` in the span's
 * context and sees with which callback that answers. Whether it is ever called is the program's affair.
 *
 * @returns `false` when the object takes no such property
 */
export function accompany(thenable: object, then: Then, outcome: Outcome): boolean {
  const before = Object.getOwnPropertyDescriptor(thenable, THEN);
  const untouched = new Untouched(outcome);
  const accompanied = function (this: unknown, ...args: unknown[]): unknown {
    if (Object.getOwnPropertyDescriptor(thenable, THEN)?.value === accompanied) {
      if (before === undefined) Reflect.deleteProperty(thenable, THEN);
      else Reflect.defineProperty(thenable, THEN, before);
    }
    untouched.touch();
    try {
      return inContext(outcome.context, then, this, observing(args, outcome));
    } catch (error) {
      outcome.rejected(error);
      throw error;
    }
  };
  const placed =
    (before === undefined || (before.configurable === true && before.writable === true)) &&
    Reflect.defineProperty(thenable, THEN, {
      value: accompanied,
      enumerable: before?.enumerable ?? false,
      configurable: true,
      writable: true,
    });
  if (placed) abandonWith(thenable, untouched);
  return placed;
}

/**
 * The arguments of a `then` with callbacks that see the outcome first. A callback that is absent is replaced
 * by what its absence means: to pass the value on, to throw the reason on.
 */
function observing([fulfilled, rejected, ...rest]: unknown[], outcome: Outcome): unknown[] {
  return [
    preceded(fulfilled, (value) => outcome.fulfilled(value)) ??
      ((value: unknown) => {
        outcome.fulfilled(value);
        return value;
      }),
    preceded(rejected, (reason) => outcome.rejected(reason)) ??
      ((reason: unknown) => {
        outcome.rejected(reason);
        throw reason;
      }),
    ...rest,
  ];
}

function preceded(callback: unknown, first: (value: unknown) => void): Callback | undefined {
  if (typeof callback !== "function") return undefined;
  return function (this: unknown, ...args: unknown[]) {
    first(args[0]);
    return Reflect.apply(callback, this, args);
  };
}

/**
 * What an async function is to return for a promise or a thenable, so that the outcome is seen. The language
 * calls its `then` where it would have called the original's, once and in the same tick.
 */
export function followed(value: object, outcome: Outcome): unknown {
  if (isPlainPromise(value)) return followedPromise(value, outcome);
  const then = thenOf(value);
  if (then === undefined) return value;
  return {
    // biome-ignore lint/suspicious/noThenProperty: being a thenable is its purpose.
    then: (...callbacks: unknown[]) => {
      try {
        return inContext(outcome.context, then, value, observing(callbacks, outcome));
      } catch (error) {
        outcome.rejected(error);
        throw error;
      }
    },
  };
}

/**
 * An error's stack names the async functions that wait for it as far as one promise leads to the next. The
 * callbacks of the language are attached once more, behind ours, for that alone: by then they have been called.
 */
function followedPromise(promise: Promise<unknown>, outcome: Outcome): object {
  return {
    // biome-ignore lint/suspicious/noThenProperty: being a thenable is its purpose.
    then: (...callbacks: unknown[]) => {
      const done = Reflect.apply(intrinsicThen, promise, observing(callbacks, outcome));
      Reflect.apply(intrinsicThen, done, callbacks);
    },
  };
}

/**
 * What to hand to an `await` that leaves the span's context: a lazy thenable starts its work in its `then`,
 * which `await` calls later, so it is wrapped to do so inside. Takes the same ticks, runs it once.
 */
export function awaitable(value: unknown, span: CallSpan): unknown {
  const then = foreignThenOf(value);
  return then === undefined ? value : thenInside(value, then, span, undefined);
}

/** {@link awaitable}, with a callback that sees what the `await` will give, if it gives anything. */
export function seenAwaited(value: unknown, span: CallSpan, see: (settled: unknown) => void): unknown {
  if (typeof value === "object" && value !== null && isPlainPromise(value)) {
    watch(value, see, () => {});
    return value;
  }
  const then = foreignThenOf(value);
  if (then !== undefined) return thenInside(value, then, span, see);
  see(value);
  return value;
}

function thenInside(
  thenable: unknown,
  then: Then,
  span: CallSpan,
  see: ((settled: unknown) => void) | undefined,
): object {
  return {
    // biome-ignore lint/suspicious/noThenProperty: being a thenable is its purpose.
    then: (resolve: unknown, reject: unknown) => {
      const seeing = see === undefined ? resolve : preceded(resolve, see);
      return inContext(span.context, then, thenable, [seeing, reject]);
    },
  };
}

/** The `then` that `await value` would call; `undefined` when it calls none, or when that cannot be told. */
function foreignThenOf(value: unknown): Then | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function") || isProxy(value)) return undefined;
  if (isPromise(value)) {
    if (isPlainPromise(value)) return undefined;
    // `await` looks at the constructor of a promise, and only calls `then` when it is not Promise itself.
    const made = dataOf(value, "constructor");
    if (made === undefined || made === Promise) return undefined;
  }
  return thenOf(value);
}

function inContext(within: Context, method: Then, self: unknown, args: unknown[]): unknown {
  const outer = currentContext();
  enterContext(within);
  try {
    return Reflect.apply(method, self, args);
  } finally {
    enterContext(outer);
  }
}
