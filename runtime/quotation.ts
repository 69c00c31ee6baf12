/**
 * V8's messages quote the source: `Cannot destructure property 'a' of '(intermediate value)'`. In emitted code
 * they quote the frame's calls instead. Here such a message becomes the one that the untraced program gives. V8
 * writes the message into the stack when that is first read, so it is in time for both.
 */

import { dataOf } from "./capture.ts";
import { isNativeError, isProxy } from "./platform.ts";

/** What V8 prints for an `await` and a `yield`. */
const UNNAMED = "(intermediate value)";

/**
 * A call of a frame, or of the function that takes the value of a `yield*`, and what V8 says of a call instead of
 * `is not iterable`. The names are those of plan.ts.
 */
const FRAME_CALL =
  /\b__sw(?:\d+_)?(?:F\.(\w+)|V)(?:\(\.\.\.\))?( is not a function or its return value is not(?= (?:async )?iterable))?/g;

/** The operand of the latest `for await` that began: when it cannot be iterated, it throws before another begins. */
let operand = UNNAMED;

/** A `for await` begins to iterate over what is quoted so. */
export function iterating(quoted = UNNAMED): void {
  operand = quoted;
}

/** What V8 says of a value that it cannot iterate over when it finds nothing to quote. */
const NOT_ITERABLE = " is not iterable (cannot read property Symbol(Symbol.iterator))";

/** What V8 says of an iterator without a `next` then. */
const NO_NEXT = "undefined is not a function";

/**
 * What V8 says of the operand of `yield*` in emitted code, in whichever way it cannot be iterated over: the last
 * three values are what was added around it. Before them is one value, in Node 22's async generators there are four.
 */
const DELEGATION =
  /^(yield\* (?:\(intermediate value\)|(?:\(intermediate value\)){4}))(?:\(intermediate value\)){3}( is not (async )?iterable)$/;

/** How V8 speaks of the operand of the latest `yield*` that began; `undefined` when it quotes the `yield*`. */
let delegated: string | undefined;

/** A `yield*` begins; `described` when messages describe its operand, and do not quote it. */
export function delegating(iterable: unknown, described = false): void {
  if (described) delegated = isIterable(iterable) ? NO_NEXT : descriptionOf(iterable) + NOT_ITERABLE;
  else delegated = undefined;
}

/** The value that the latest array pattern could not take apart, as V8 describes it. */
let apart: string | undefined;

/** An array pattern takes the value of an `await` or a `yield` apart: when it cannot, it throws at once. */
export function takingApart(value: unknown): void {
  apart = Array.isArray(value) || isIterable(value) ? undefined : descriptionOf(value);
}

/** Whether there is a method to iterate with, as far as can be told without running anything of the program. */
function isIterable(value: unknown): boolean {
  if (typeof value === "string") return true;
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return isProxy(value) || typeof dataOf(value, Symbol.iterator) === "function";
}

function descriptionOf(value: unknown): string {
  if (value === null || typeof value === "number" || typeof value === "boolean") return `${typeof value} ${value}`;
  return typeof value;
}

/**
 * Errors that have their message: each passes through every traced function on its way, and what Node 22 says in the
 * untraced async generator is what newer ones say in the traced one.
 */
const repaired = new WeakSet<object>();

/** Gives a TypeError of the engine's the message it has in the untraced program. Never throws. */
export function repairMessage(error: unknown): void {
  try {
    if (!isNativeError(error) || !(error instanceof TypeError) || repaired.has(error)) return;
    const message: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
    if (typeof message !== "string") return;
    const own = repairedMessage(message);
    if (own === message) return;
    Object.defineProperty(error, "message", { value: own });
    repaired.add(error);
  } catch {
    // A frozen error, or a Proxy in its prototype chain: none that the engine has just thrown.
  }
}

function repairedMessage(message: string): string {
  if (message.includes("__sw")) {
    return message.replace(FRAME_CALL, (_call, method: string | undefined, ofCall: string | undefined) =>
      quotation(method === "iterate" ? operand : UNNAMED, ofCall),
    );
  }
  if (apart !== undefined && message === apart + NOT_ITERABLE) {
    apart = undefined;
    return `${UNNAMED} is not iterable`;
  }
  const [, quoted, saying, asynchronous] = DELEGATION.exec(message) ?? [];
  if (quoted === undefined || saying === undefined) return message;
  if (delegated === undefined) return quoted + saying;
  return asynchronous ? NO_NEXT : delegated;
}

/** @param ofCall what the message goes on with when it speaks of a call */
function quotation(quoted: string, ofCall = ""): string {
  if (ofCall === "" || quoted.endsWith("(...)")) return quoted + ofCall;
  return `${quoted} is not`;
}
