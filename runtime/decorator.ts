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
    queueMicrotask(() => {
      if (!applied) tell();
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

function tell(): void {
  state.told = true;
  report(
    "SW2101",
    "trace(...) was reached at run time: this file was not compiled by spanwright, so its marks have no effect",
    "Build it with tspc and the plugin spanwright/ts-patch, or with instrument() of spanwright/transformer.",
  );
}
