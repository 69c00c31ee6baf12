/** Generators that the program hands around as objects: the same object, observed through own methods. */

import { dataOf } from "./capture.ts";
import type { Chunks } from "./chunks.ts";
import { currentContext, enterContext } from "./context.ts";
import { chainWith, isPlainPromise } from "./results.ts";
import { call, readStep } from "./streams.ts";
import { abandonWith } from "./unfinished.ts";

const METHODS = ["next", "return", "throw"] as const;

/**
 * Records what a generator's object yields, and runs its body in the span's context.
 *
 * @param begin asked at the first `next` where to record; `undefined`: nowhere
 * @returns `false` when the object takes no properties
 */
export function observeGenerator(generator: object, begin: () => Chunks | undefined): boolean {
  if (!Object.isExtensible(generator) || METHODS.some((key) => Object.hasOwn(generator, key))) return false;
  const prototype: object = Object.getPrototypeOf(generator);
  let begun = false;
  let chunks: Chunks | undefined;
  for (const key of METHODS) {
    const original = dataOf(prototype, key);
    const value = {
      [key](this: unknown, ...args: unknown[]): unknown {
        if (!begun && key === "next") {
          chunks = begin();
          if (chunks !== undefined) abandonWith(generator, chunks);
        }
        // A generator that is returned from before its first `next` never runs its body.
        begun = true;
        return chunks?.open ? stepOf(chunks, original, this, args) : call(original, this, args);
      },
    }[key];
    Object.defineProperty(generator, key, { value, writable: true, configurable: true });
  }
  return true;
}

function stepOf(chunks: Chunks, method: unknown, self: unknown, args: unknown[]): unknown {
  const result = stepInside(chunks, method, self, args);
  if (typeof result === "object" && result !== null && isPlainPromise(result)) {
    return chainWith(
      result,
      (settled) => see(chunks, settled),
      (reason) => chunks.fail(reason),
    );
  }
  see(chunks, result);
  return result;
}

function stepInside(chunks: Chunks, method: unknown, self: unknown, args: unknown[]): unknown {
  const outer = currentContext();
  enterContext(chunks.span.context);
  try {
    return call(method, self, args);
  } catch (error) {
    chunks.fail(error);
    throw error;
  } finally {
    enterContext(outer);
  }
}

function see(chunks: Chunks, result: unknown): void {
  const step = readStep(result);
  if (step === undefined) return;
  if (step.done) chunks.finish();
  else chunks.add(step.value);
}
