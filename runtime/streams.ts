/**
 * What stands in for an iterable in `yield*` and `for await`, and for a resource in `await using`: the same
 * protocol, step by step, with each step run in the span's context. Properties are looked up when, and as
 * often as, the language would look them up on the original; results are passed on unopened.
 */

import { generatorNext, isProxy } from "./platform.ts";

/** Around the steps of an iterator or a disposal, for a frame. */
export interface Stepping {
  /** Enters the span's context, before a step. */
  resume(): void;
  /** Leaves the span's context, for an `await` of the language's own; returns what that is to see of a step's result. */
  suspend<T>(value: T): T;
  /** The same for the result of a step of `yield*`, which goes to the consumer. */
  passOn(result: unknown): unknown;
  /** The same for the disposal of a resource, whose result is awaited; a failure, too, of one that is `synchronous`. */
  dispose(method: unknown, resource: unknown, synchronous: boolean): unknown;
}

/** What takes the place of the operand of `yield*` (`delegated`) or of `for await`. */
export function iterableView(frame: Stepping, iterable: unknown, delegated: boolean): unknown {
  return iterable === null || iterable === undefined ? iterable : new IterableView(frame, iterable, delegated);
}

/** What takes the place of the operand of `await using`. */
export function disposableView(frame: Stepping, resource: unknown): unknown {
  return isObject(resource) ? new DisposableView(frame, resource) : resource;
}

/**
 * What takes the place of `null` where there is no resource at all: the language awaits once even then, and
 * the context must be left for that.
 */
export function awaitedNothing(frame: Stepping): unknown {
  return new DisposableView(frame, NO_RESOURCE);
}

const NO_RESOURCE = { [Symbol.asyncDispose]() {} };

/** A step's result, when it can be read without running the program's code. */
export function readStep(result: unknown): { readonly done: boolean; readonly value: unknown } | undefined {
  if (!isObject(result) || isProxy(result)) return undefined;
  const done = Object.getOwnPropertyDescriptor(result, "done");
  const value = Object.getOwnPropertyDescriptor(result, "value");
  if (done?.get !== undefined || value?.get !== undefined) return undefined;
  // What is not an own property may be an inherited accessor.
  return done === undefined || value === undefined ? undefined : { done: Boolean(done.value), value: value.value };
}

type Keyed = Readonly<Record<PropertyKey, unknown>>;

function keyed(value: unknown): Keyed {
  return value as Keyed; // properties can be read of every value but null and undefined, which callers rule out
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** Calls what a lookup found. */
export function call(method: unknown, self: unknown, args: unknown[]): unknown {
  // Reflect.apply throws a TypeError of its own for what is no function, as a call would.
  return Reflect.apply(method as (...args: unknown[]) => unknown, self, args);
}

class IterableView {
  readonly #frame: Stepping;
  readonly #iterable: unknown;
  readonly #delegated: boolean;

  constructor(frame: Stepping, iterable: unknown, delegated: boolean) {
    this.#frame = frame;
    this.#iterable = iterable;
    this.#delegated = delegated;
  }

  // Accessors, so that an iterable that is only synchronous stays one and is converted by the language itself.
  get [Symbol.asyncIterator](): unknown {
    return this.#opener(Symbol.asyncIterator);
  }

  get [Symbol.iterator](): unknown {
    return this.#opener(Symbol.iterator);
  }

  #opener(key: PropertyKey): unknown {
    const open = keyed(this.#iterable)[key];
    if (typeof open !== "function") return open;
    return () => {
      const iterator = call(open, this.#iterable, []);
      if (!isObject(iterator)) return iterator;
      const closing = key === Symbol.iterator && !this.#delegated ? "awaited" : "silent";
      return new IteratorView(this.#frame, iterator, this.#delegated, closing);
    };
  }
}

class IteratorView {
  readonly #frame: Stepping;
  readonly #iterator: object;
  readonly #delegated: boolean;
  readonly #closing: "awaited" | "silent";
  #began = false;

  /** @param closing whether the language awaits when it closes an iterator without `return`: `for await` does, of a synchronous one */
  constructor(frame: Stepping, iterator: object, delegated: boolean, closing: "awaited" | "silent") {
    this.#frame = frame;
    this.#iterator = iterator;
    this.#delegated = delegated;
    this.#closing = closing;
    // The language asks for these two by reading them, some compilers' helpers by `in`, which no iterator but a
    // Proxy can notice.
    for (const key of ["return", "throw"] as const) {
      if (isProxy(iterator) || key in iterator || (key === "return" && closing === "awaited")) {
        Object.defineProperty(this, key, { get: () => this.#optional(key), configurable: true });
      }
    }
  }

  // An accessor: the language reads it once, some compilers' helpers before every step.
  get next(): unknown {
    return this.#stepping(keyed(this.#iterator).next);
  }

  #optional(key: "return" | "throw"): unknown {
    const method = keyed(this.#iterator)[key];
    // Before the first step this is a helper that gathers the methods: nothing is closed, and nothing awaited.
    if (key === "return" && this.#closing === "awaited" && this.#began && (method === null || method === undefined))
      this.#frame.suspend(undefined);
    return this.#stepping(method);
  }

  /** The language calls what it found, and says of anything but a function what that is. */
  #stepping(method: unknown): unknown {
    if (typeof method !== "function") return method;
    if (this.#delegated && method === generatorNext) return generatorStep(this.#frame, this.#iterator);
    return (...args: unknown[]) => {
      this.#began = true;
      this.#frame.resume();
      // When it throws, the program's next line runs in the same job: the frame stays inside.
      const result = Reflect.apply(method, this.#iterator, args);
      return this.#delegated ? this.#frame.passOn(result) : this.#frame.suspend(result);
    };
  }
}

/** As it was before the program ran. */
const { bind } = Function.prototype;

/**
 * The steps of a native generator. Nothing but this lies between a generator and the one it delegates to, and
 * recursion counts every register that a call of V8's keeps: one for what is called, one for each argument.
 */
function generatorStep(frame: Stepping, generator: object): (sent: unknown) => unknown {
  const step: (sent?: unknown) => unknown = Reflect.apply(bind, generatorNext, [generator]);
  let result: unknown;
  const enter = () => frame.resume();
  const leave = () => {
    const stepped = result;
    result = undefined;
    return frame.passOn(stepped);
  };
  const send = (sent: unknown) => {
    enter();
    result = step(sent);
    return leave();
  };
  return (sent) => {
    if (sent !== undefined) return send(sent);
    enter();
    // When it throws, the program's next line runs in the same job: the frame stays inside.
    result = step();
    return leave();
  };
}

class DisposableView {
  readonly #frame: Stepping;
  readonly #resource: object;

  constructor(frame: Stepping, resource: object) {
    this.#frame = frame;
    this.#resource = resource;
  }

  get [Symbol.asyncDispose](): unknown {
    return this.#disposer(Symbol.asyncDispose);
  }

  get [Symbol.dispose](): unknown {
    return this.#disposer(Symbol.dispose);
  }

  #disposer(key: PropertyKey): unknown {
    const dispose = keyed(this.#resource)[key];
    if (typeof dispose !== "function") return dispose;
    return () => this.#frame.dispose(dispose, this.#resource, key === Symbol.dispose);
  }
}
