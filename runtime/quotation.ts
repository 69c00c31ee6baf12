/**
 * V8's messages quote the source: `Cannot destructure property 'a' of '(intermediate value)'`. In emitted code
 * they quote the frame's calls instead. Here such a message becomes the one that the untraced program gives. V8
 * writes the message into the stack when that is first read, so it is in time for both.
 */

import { isNativeError } from "./platform.ts";

/** What V8 prints for an `await` and a `yield`. */
const UNNAMED = "(intermediate value)";

/** A call of a frame, and what V8 says of a call instead of `is not iterable`. The names are those of plan.ts. */
const FRAME_CALL =
  /\b__sw(?:\d+_)?F\.(\w+)(?:\(\.\.\.\))?( is not a function or its return value is not(?= (?:async )?iterable))?/g;

/** The operand of the latest `for await` that began: when it cannot be iterated, it throws before another begins. */
let operand = UNNAMED;

/** A `for await` begins to iterate over what is quoted so. */
export function iterating(quoted = UNNAMED): void {
  operand = quoted;
}

/** Gives a TypeError of the engine's the message it has in the untraced program. Never throws. */
export function repairMessage(error: unknown): void {
  try {
    if (!isNativeError(error) || !(error instanceof TypeError)) return;
    const message: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
    if (typeof message !== "string" || !message.includes("__sw")) return;
    const repaired = message.replace(FRAME_CALL, (_call, method: string, ofCall: string | undefined) =>
      quotation(method === "iterate" ? operand : UNNAMED, ofCall),
    );
    if (repaired !== message) Object.defineProperty(error, "message", { value: repaired });
  } catch {
    // A frozen error, or a Proxy in its prototype chain: none that the engine has just thrown.
  }
}

/** @param ofCall what the message goes on with when it speaks of a call */
function quotation(quoted: string, ofCall = ""): string {
  if (ofCall === "" || quoted.endsWith("(...)")) return quoted + ofCall;
  return `${quoted} is not`;
}
