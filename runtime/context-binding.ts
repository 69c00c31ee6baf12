/** Binding of event emitters for OpenTelemetry's `context.bind`: listeners run in the context they are bound to. */

type Listener = (...args: never[]) => unknown;
type Method = (event: string | symbol, listener: Listener) => unknown;

/** The part of Node's EventEmitter that binding touches. */
export interface Emitter {
  on: Method;
  removeListener: Method;
}

const ADDING = ["addListener", "on", "once", "prependListener", "prependOnceListener"] as const;
const REMOVING = ["removeListener", "off"] as const;

/** Whether a value takes listeners. */
export function isEmitter(value: unknown): value is Emitter {
  return typeof value === "object" && value !== null && "on" in value && typeof value.on === "function" &&
    "removeListener" in value && typeof value.removeListener === "function"; // biome-ignore format: one question
}

/**
 * Makes an emitter bind every listener that is added from now on.
 *
 * @param bind what to do with a listener
 * @returns the same emitter
 */
export function bindEmitter<E extends Emitter>(emitter: E, bind: (listener: Listener) => Listener): E {
  const bound = new WeakMap<Listener, Listener>();
  // `once` of Node's emitter calls `on` with a wrapper of its own, which must not be bound again.
  let adding = false;
  const add = (original: Method): Method =>
    function (this: unknown, event, listener) {
      if (adding || typeof listener !== "function") return Reflect.apply(original, this, [event, listener]);
      const known = bound.get(listener) ?? bind(listener);
      bound.set(listener, known);
      adding = true;
      try {
        return Reflect.apply(original, this, [event, known]);
      } finally {
        adding = false;
      }
    };
  const remove = (original: Method): Method =>
    function (this: unknown, event, listener) {
      return Reflect.apply(original, this, [event, bound.get(listener) ?? listener]);
    };
  for (const key of ADDING) replace(emitter, key, add);
  for (const key of REMOVING) replace(emitter, key, remove);
  return emitter;
}

function replace(emitter: Emitter, key: string, around: (original: Method) => Method): void {
  const original: unknown = Reflect.get(emitter, key);
  if (typeof original !== "function") return;
  const value = around((event, listener) => Reflect.apply(original, emitter, [event, listener]));
  Object.defineProperty(emitter, key, { value, writable: true, configurable: true });
}
