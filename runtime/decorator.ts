/** `@trace(options)` above a method: a decorator at run time, for files that the build does not see. */

import type { FrameOptions } from "./contract.ts";
import { report } from "./diagnostics.ts";
import { type AnyFunction, wrap } from "./wrap.ts";

/** A decorator of methods, of the standard kind and of TypeScript's older one. */
export interface MethodDecorator {
  <F extends AnyFunction>(method: F, context: ClassMethodDecoratorContext): F;
  (target: object, key: string | symbol, descriptor: PropertyDescriptor): PropertyDescriptor;
}

const state = { told: false };

/**
 * What `trace(options)` is at run time: a decorator, which is applied in the same job, or the marker call of a
 * file that was not compiled, which is said once.
 */
export function decoratorOrMarker(options: FrameOptions): MethodDecorator {
  let applied = false;
  function decorate<F extends AnyFunction>(method: F, context: ClassMethodDecoratorContext): F;
  function decorate(target: object, key: string | symbol, descriptor: PropertyDescriptor): PropertyDescriptor;
  function decorate(first: unknown, second: unknown, descriptor?: PropertyDescriptor): unknown {
    applied = true;
    if (descriptor === undefined) return isFunction(first) ? wrap(first, withName(options, second)) : undefined;
    const method: unknown = descriptor.value;
    return isFunction(method) ? { ...descriptor, value: wrap(method, options) } : descriptor;
  }
  if (!state.told) {
    const { stack } = new Error();
    queueMicrotask(() => {
      if (!applied) tell(callerIn(stack));
    });
  }
  return decorate;
}

/** The name of a private method is its context's. */
function withName(options: FrameOptions, context: unknown): FrameOptions {
  const name: unknown = typeof context === "object" && context !== null && "name" in context ? context.name : undefined;
  return typeof name === "string" ? { name, ...options } : options;
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}

/** Where `trace` was called: below the frames of {@link decoratorOrMarker} and `trace` itself. */
function callerIn(stack: unknown): string | undefined {
  if (typeof stack !== "string") return undefined;
  const places = stack.split("\n").flatMap((line) => /(?:\(|at |@)([^()@]*:\d+:\d+)\)?$/.exec(line)?.[1] ?? []);
  return places[2];
}

function tell(place: string | undefined): void {
  if (state.told) return;
  state.told = true;
  report(
    "SW2101",
    `trace(...) was reached at run time${place === undefined ? "" : `, ${place}`}: this file was not compiled by spanwright, so its marks have no effect`,
    "Build it with spanwright's plugin for your build tool, or with `npx spanwright build`.",
  );
}
