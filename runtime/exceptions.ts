/** What a span keeps of a thrown value, whatever it is. */

import { clip, dataOf, errorName, limits, render, stackOf } from "./capture.ts";
import { isNativeError, isProxy } from "./platform.ts";

/** A thrown value, described by OpenTelemetry's attributes of the event `exception`. */
export interface ExceptionRecord {
  /** `TypeError`; the kind of value for what has no name and message: `string`, `undefined`, `object`. */
  readonly type: string;
  readonly message: string;
  /** `undefined` for what is no error. */
  readonly stack: string | undefined;
}

/** Describes a thrown value. Never throws, never changes it. */
export function describeException(thrown: unknown): ExceptionRecord {
  try {
    return typeof thrown === "object" && thrown !== null && !isProxy(thrown)
      ? describeObject(thrown)
      : { type: thrown === null ? "null" : typeof thrown, message: plainText(thrown), stack: undefined };
  } catch {
    return { type: "unknown", message: "a value that cannot be shown", stack: undefined };
  }
}

/** The description of a span that failed with it, `TypeError: x is not a function`. */
export function statusMessageOf({ type, message, stack }: ExceptionRecord): string {
  return stack === undefined ? message : `${type}: ${message}`;
}

function describeObject(thrown: object): ExceptionRecord {
  const domException = describeDomException(thrown);
  if (domException !== undefined) return domException;
  const message = dataOf(thrown, "message");
  const text = typeof message === "string" ? clip(message, limits.maxString) : undefined;
  if (!isNativeError(thrown)) return describeNamed(thrown, text);
  const stack = stackOf(thrown);
  return {
    type: errorName(thrown),
    message: text ?? "",
    stack: stack === undefined ? "" : clip(stack, limits.maxString),
  };
}

/** OpenTelemetry's libraries may record an exception as an object with a name, a message and a stack. */
function describeNamed(thrown: object, message: string | undefined): ExceptionRecord {
  const name = dataOf(thrown, "name");
  const stack = dataOf(thrown, "stack");
  if (typeof name !== "string" || message === undefined) {
    return { type: "object", message: message ?? render(thrown), stack: undefined };
  }
  return { type: name, message, stack: typeof stack === "string" ? clip(stack, limits.maxString) : "" };
}

/** An AbortError and its like keep name and message behind accessors of their class. */
function describeDomException(thrown: object): ExceptionRecord | undefined {
  if (typeof DOMException !== "function" || !(thrown instanceof DOMException)) return undefined;
  const read = (key: "name" | "message") => {
    const get = Object.getOwnPropertyDescriptor(DOMException.prototype, key)?.get;
    return get === undefined ? "" : String(Reflect.apply(get, thrown, []));
  };
  return { type: read("name"), message: read("message"), stack: stackOf(thrown) ?? "" };
}

function plainText(thrown: unknown): string {
  return typeof thrown === "string" ? clip(thrown, limits.maxString) : renderPlain(thrown);
}

function renderPlain(thrown: unknown): string {
  return thrown === undefined || typeof thrown === "bigint" || typeof thrown === "symbol"
    ? String(thrown)
    : render(thrown);
}
