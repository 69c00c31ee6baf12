/**
 * The promise that the `openai` package returns. Its answer is made when it is asked for, by `then` or in another
 * way, and every way leads through one of a few methods. They are accompanied; the object stays the same, its
 * promises too, so that nothing runs a tick later and a failure that nobody handles stays one.
 */

import { dataOf } from "../capture.ts";
import { runInContext } from "../context.ts";
import { isProxy } from "../platform.ts";
import { isPlainPromise, type Outcome, watch } from "../results.ts";
import { call } from "../streams.ts";
import { abandonWith, settledBefore, type Waiting } from "../unfinished.ts";

/** Runs a method of an observed promise and hands on its result. */
type Over = (asking: Asking, method: unknown, self: unknown, args: unknown[]) => unknown;

const METHODS: ReadonlyMap<string, Over> = new Map([
  /** Behind `then`, `catch`, `finally` and `withResponse`: gives the one promise of the answer, which they use. */
  [
    "parse",
    (asking, method, self, args) => {
      const parsed = runInContext(asking.outcome.context, () => call(method, self, args));
      asking.asked(parsed);
      return parsed;
    },
  ],
  [
    "asResponse",
    (asking, method, self, args) => {
      const response = call(method, self, args);
      asking.askedForResponse();
      return response;
    },
  ],
  /** Behind the package's helpers: gives another such promise, of something made of the answer. */
  [
    "_thenUnwrap",
    (asking, method, self, [transform, ...rest]) => {
      const seen = (...given: unknown[]) => {
        asking.outcome.fulfilled(given[0]);
        return call(transform, undefined, given);
      };
      const made = call(method, self, [typeof transform === "function" ? seen : transform, ...rest]);
      asking.leaveTo(made);
      return made;
    },
  ],
]);

/** Observes such a promise; `false` when it is another object. */
export function observeApiPromise(promise: object, outcome: Outcome): boolean {
  if (isProxy(promise)) return false;
  const response: unknown = Object.getOwnPropertyDescriptor(promise, "responsePromise")?.value;
  if (!isObject(response) || !isPlainPromise(response) || typeof dataOf(promise, "parse") !== "function") return false;
  const asking = new Asking(outcome, response);
  for (const [name, over] of METHODS) {
    const method = dataOf(promise, name);
    if (typeof method !== "function") continue;
    Object.defineProperty(promise, name, {
      value(this: unknown, ...args: unknown[]) {
        return over(asking, method, this, args);
      },
      enumerable: Object.getOwnPropertyDescriptor(promise, name)?.enumerable ?? false,
      configurable: true,
      writable: true,
    });
  }
  abandonWith(promise, asking);
  return true;
}

/** What has been asked for so far: nothing yet, as long as it waits. */
class Asking implements Waiting {
  readonly outcome: Outcome;
  private readonly response: Promise<unknown>;
  private answer: unknown = undefined;

  constructor(outcome: Outcome, response: Promise<unknown>) {
    this.outcome = outcome;
    this.response = response;
  }

  get open(): boolean {
    return this.answer === undefined && this.outcome.open;
  }

  asked(answer: unknown): void {
    if (this.answer === answer || !isObject(answer) || !isPlainPromise(answer)) return;
    settledBefore(this);
    this.answer = answer;
    watch(
      answer,
      (value) => this.outcome.fulfilled(value),
      (reason) => this.outcome.rejected(reason),
    );
  }

  askedForResponse(): void {
    watch(
      this.response,
      // Whoever asked for the answer at the same time is served first.
      () => queueMicrotask(() => this.abandon()),
      (reason) => this.outcome.rejected(reason),
    );
  }

  leaveTo(made: unknown): void {
    const { outcome } = this;
    const rest: Outcome = {
      get open() {
        return outcome.open;
      },
      context: outcome.context,
      // The function that makes it has seen the answer.
      fulfilled: () => {},
      rejected: (reason) => outcome.rejected(reason),
      unobserved: () => outcome.unobserved(),
    };
    if (isObject(made) && observeApiPromise(made, rest)) settledBefore(this);
  }

  abandon(): void {
    if (!this.open) return;
    settledBefore(this);
    this.outcome.unobserved();
  }
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
