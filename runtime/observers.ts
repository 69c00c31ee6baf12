/** Who is told what a stream of the program does, and how its methods are put under observation. */

import type { Context } from "@opentelemetry/api";
import { dataOf } from "./capture.ts";
import { currentContext, enterContext } from "./context.ts";
import { reportInternal } from "./diagnostics.ts";
import { isProxy } from "./platform.ts";
import { call } from "./streams.ts";

/** What a stream does, as it is seen from outside. */
export interface StreamObserver {
  readonly open: boolean;
  /** The context in which the stream does its work. */
  readonly context: Context;
  /** The first step is about to be made, on this object. */
  begin(holder: object): void;
  add(item: unknown): void;
  /** The stream is over. */
  finish(): void;
  /** Its consumer wants no more. */
  leave(): void;
  fail(reason: unknown): void;
  /** Its items go where nobody sees them; its end will be told. */
  blind(): void;
}

/** All observers of one object. The first that is still there decides the context. */
export class Observers implements StreamObserver {
  private readonly all: StreamObserver[];
  private begun = false;
  private readonly closed: () => void;

  /** @param closed told when the last one wants to know no more */
  constructor(first: StreamObserver, closed: () => void) {
    this.all = [first];
    this.closed = closed;
  }

  join(observer: StreamObserver): void {
    this.all.push(observer);
  }

  get open(): boolean {
    return this.all.some((observer) => observer.open);
  }

  get context(): Context {
    return this.all.find((observer) => observer.open)?.context ?? currentContext();
  }

  begin(holder: object): void {
    if (this.begun) return;
    this.begun = true;
    this.tell((observer) => observer.begin(holder));
  }

  add(item: unknown): void {
    this.tell((observer) => observer.add(item));
  }

  finish(): void {
    this.tell((observer) => observer.finish());
  }

  leave(): void {
    this.tell((observer) => observer.leave());
  }

  fail(reason: unknown): void {
    this.tell((observer) => observer.fail(reason));
  }

  blind(): void {
    this.tell((observer) => observer.blind());
  }

  private tell(what: (observer: StreamObserver) => void): void {
    // Much of this runs inside a step that the program waits for.
    try {
      for (const observer of this.all) if (observer.open) what(observer);
      if (!this.open) this.closed();
    } catch (error) {
      reportInternal(error);
    }
  }
}

/** Tells another observer, except for what a derived class does otherwise. */
export class Forwarding implements StreamObserver {
  protected readonly to: StreamObserver;

  constructor(to: StreamObserver) {
    this.to = to;
  }

  get open(): boolean {
    return this.to.open;
  }

  get context(): Context {
    return this.to.context;
  }

  begin(holder: object): void {
    this.to.begin(holder);
  }

  add(item: unknown): void {
    this.to.add(item);
  }

  finish(): void {
    this.to.finish();
  }

  leave(): void {
    this.to.leave();
  }

  fail(reason: unknown): void {
    this.to.fail(reason);
  }

  blind(): void {
    this.to.blind();
  }
}

/** Runs a method of an observed object and hands on its result. */
export type Over = (observers: StreamObserver, method: unknown, self: object, args: unknown[]) => unknown;

const observed = new WeakMap<object, Observers>();

/**
 * Puts methods of ours over those of an object, as own properties that go away when nobody wants to know any
 * more. Methods that are missing, accessors or proxies are left out.
 *
 * @param over by the method's name; without the first of them nothing is observed
 * @param beneath puts them on a prototype of the object's own instead, see {@link isBuiltinIterator}
 * @returns `false` when the object takes no such properties
 */
export function observeMethods(
  target: object,
  observer: StreamObserver,
  over: ReadonlyMap<PropertyKey, Over>,
  beneath = false,
): boolean {
  if (isProxy(target) || !Object.isExtensible(target)) return false;
  const known = observed.get(target);
  if (known?.open) {
    known.join(observer);
    return true;
  }
  const prototype: object | null = Object.getPrototypeOf(target);
  const home: object = beneath ? Object.create(prototype) : target;
  const originals = [...over].flatMap(([key, run]) => {
    const method = dataOf(target, key);
    const before = Object.getOwnPropertyDescriptor(home, key);
    return typeof method === "function" && !isProxy(method) ? [{ key, run, method, before }] : [];
  });
  const [first] = over.keys();
  if (originals[0]?.key !== first || originals.some(({ before }) => before && !isReplaceable(before))) return false;

  const restore = () => {
    if (beneath && Object.getPrototypeOf(target) === home) Reflect.setPrototypeOf(target, prototype);
    for (const { key, before, replacement } of placed) {
      if (Object.getOwnPropertyDescriptor(home, key)?.value !== replacement) continue;
      if (before === undefined) Reflect.deleteProperty(home, key);
      else Reflect.defineProperty(home, key, before);
    }
    if (observed.get(target) === observers) observed.delete(target);
  };
  const observers = new Observers(observer, restore);
  const placed = originals.map(({ key, run, method, before }) => {
    const replacement = likeOriginal(method, (self, args) => {
      if (self !== target) return call(method, self, args);
      if (observers.open) return run(observers, method, target, args);
      restore();
      return call(method, self, args);
    });
    Reflect.defineProperty(home, key, {
      value: replacement,
      enumerable: before?.enumerable ?? false,
      configurable: true,
      writable: true,
    });
    return { key, before, replacement };
  });
  if (beneath && !Reflect.setPrototypeOf(target, home)) return false;
  observed.set(target, observers);
  return true;
}

function isReplaceable(descriptor: PropertyDescriptor): boolean {
  return descriptor.configurable === true && descriptor.writable === true;
}

/** A method, no constructor, with the name and length of the original. */
function likeOriginal(original: object, body: (self: unknown, args: unknown[]) => unknown): object {
  const { method } = {
    method(this: unknown, ...args: unknown[]): unknown {
      return body(this, args);
    },
  };
  for (const property of ["name", "length"]) {
    const descriptor = Object.getOwnPropertyDescriptor(original, property);
    if (descriptor !== undefined) Object.defineProperty(method, property, descriptor);
  }
  return method;
}

/** Calls a method in the observers' context. What it throws ends the stream. */
export function callInside(observers: StreamObserver, method: unknown, self: unknown, args: unknown[]): unknown {
  const outer = currentContext();
  enterContext(observers.context);
  try {
    return call(method, self, args);
  } catch (error) {
    observers.fail(error);
    throw error;
  } finally {
    enterContext(outer);
  }
}
