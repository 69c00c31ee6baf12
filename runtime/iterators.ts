/** Iterators and async iterables that the program hands around as objects: the same object, observed. */

import { dataOf } from "./capture.ts";
import { callInside, type Over, observeMethods, type StreamObserver } from "./observers.ts";
import { isGeneratorObject } from "./platform.ts";
import { accompany, chainWith, isPlainPromise, thenOf } from "./results.ts";
import { call, readStep } from "./streams.ts";

/** Whether a value is an iterator that a loop can take, a generator's object or another one. */
export function isIterator(value: object): boolean {
  return (
    isGeneratorObject(value) || (hasMethod(value, "next") && (hasMethod(value, Symbol.iterator) || isAsync(value)))
  );
}

/** Whether a value can be read with `for await` only. */
export function isAsync(value: object): boolean {
  return hasMethod(value, Symbol.asyncIterator);
}

function hasMethod(value: object, key: PropertyKey): boolean {
  return typeof dataOf(value, key) === "function";
}

/**
 * The built-in iterators of collections. An own `next` on any of them would make V8 give up its short ways of
 * spreading arrays, maps, sets and strings for the rest of the process, thirty times the cost; one on a prototype of
 * the iterator's own does not.
 */
function isBuiltinIterator(iterator: object): boolean {
  return BUILTIN.has(dataOf(iterator, Symbol.toStringTag));
}

const BUILTIN = new Set<unknown>(["Array Iterator", "Map Iterator", "Set Iterator", "String Iterator"]);

/**
 * Tells what an iterator yields, and runs its steps in the observer's context. A promise that a step returns
 * is followed by one that settles a tick later.
 *
 * @returns `false` when the object takes no properties
 */
export function observeIterator(iterator: object, observer: StreamObserver): boolean {
  let running = false;
  const step =
    (over: (observers: StreamObserver, result: unknown) => void): Over =>
    (observers, method, self, args) => {
      // A generator that asks itself for its next item gets an error that ends nothing.
      if (running) return call(method, self, args);
      running = true;
      let result: unknown;
      try {
        result = callInside(observers, method, self, args);
      } finally {
        running = false;
      }
      return settled(observers, result, (value) => over(observers, value));
    };
  const next = step(see);
  const methods = new Map<PropertyKey, Over>([
    [
      "next",
      (observers, method, self, args) => {
        if (!running) observers.begin(self);
        return next(observers, method, self, args);
      },
    ],
    ["return", step(seeReturn)],
    ["throw", step(see)],
  ]);
  return observeMethods(iterator, observer, methods, isBuiltinIterator(iterator));
}

function see(observers: StreamObserver, result: unknown): void {
  const step = readStep(result);
  if (step === undefined) return;
  if (step.done) observers.finish();
  else observers.add(step.value);
}

/** A `return` may yield once more; whatever else it answers, its consumer has left. */
function seeReturn(observers: StreamObserver, result: unknown): void {
  const step = readStep(result);
  if (step?.done === false) observers.add(step.value);
  else observers.leave();
}

/** Sees a step's result now, or when it settles; returns what the consumer gets. */
export function settled(observers: StreamObserver, result: unknown, seen: (value: unknown) => void): unknown {
  if (typeof result === "object" && result !== null) {
    if (isPlainPromise(result)) return chainWith(result, seen, (reason) => observers.fail(reason));
    const then = thenOf(result);
    if (then !== undefined) {
      accompany(result, then, {
        get open() {
          return observers.open;
        },
        context: observers.context,
        fulfilled: seen,
        rejected: (reason) => observers.fail(reason),
        unobserved: () => {},
      });
      return result;
    }
  }
  seen(result);
  return result;
}

/** Tells what the iterators of an async iterable yield, from the first that is opened on. */
export function observeAsyncIterable(iterable: object, observer: StreamObserver): boolean {
  return observeMethods(iterable, observer, ITERABLE);
}

const ITERABLE: ReadonlyMap<PropertyKey, Over> = new Map([
  [
    Symbol.asyncIterator,
    (observers, method, self, args) => {
      const iterator = callInside(observers, method, self, args);
      observeOpened(iterator, observers);
      return iterator;
    },
  ],
]);

/** Observes an iterator that was just opened; one that cannot be observed ends the observation. */
export function observeOpened(iterator: unknown, observer: StreamObserver): void {
  if (typeof iterator === "object" && iterator !== null && observeIterator(iterator, observer)) return;
  observer.blind();
  observer.finish();
}
