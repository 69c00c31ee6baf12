/** The current context, carried to where nothing else carries it: queues, pools, emitters, callbacks. */

import type { Context } from "@opentelemetry/api";
import { badArgument } from "./attributes.ts";
import { configured } from "./configuration.ts";
import { bindToContext, currentContext, runInContext } from "./context.ts";
import { readyToTrace } from "./provider.ts";
import { withOwnLast } from "./trace-scope.ts";

/** A context that was current when it was copied. It can be entered any number of times. */
export interface ContextCopy {
  /** Runs a function inside the context and returns what it returns. */
  run<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): T;
  /** The function, to be run inside the context whenever it is called; or an EventEmitter, whose later listeners are. */
  bind<T>(target: T): T;
}

/**
 * Copies the current context, as Python's `contextvars.copy_context` does.
 *
 * @example const context = copyContext(); queue.push(() => context.run(work, item));
 */
export function copyContext(): ContextCopy {
  if (!configured()) return PASSING;
  readyToTrace();
  const within = withOwnLast(currentContext());
  return { run: (fn, ...args) => runIn(within, fn, args), bind: (target) => bindToContext(within, target) };
}

const PASSING: ContextCopy = { run: (fn, ...args) => apply(fn, args), bind: (target) => target };

function runIn<A extends unknown[], T>(within: Context, fn: (...args: A) => T, args: A): T {
  return runInContext(within, () => apply(fn, args));
}

function apply<A extends unknown[], T>(fn: (...args: A) => T, args: A): T;
function apply(fn: unknown, args: unknown[]): unknown {
  return typeof fn === "function" ? Reflect.apply(fn, undefined, args) : badArgument("run", "a function", fn);
}
