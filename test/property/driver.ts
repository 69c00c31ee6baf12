/** Runs a program and writes down all that can be seen of it, the order of microtasks included. */

import { setImmediate } from "node:timers/promises";

/** What a program gets beside the language. */
export interface Surroundings {
  /** Whether the context is the one the program was started in. */
  readonly undisturbed: () => boolean;
  readonly require: (module: string) => unknown;
}

class Base {
  readonly v = 7;
  given: unknown;
  constructor(given?: unknown) {
    this.given = given;
  }
  m(value: unknown): unknown {
    return value;
  }
}

/** What is awaited as a promise is, and is none. */
class Thenable {
  readonly value: unknown;
  readonly #asked: () => void;
  constructor(value: unknown, asked: () => void) {
    this.value = value;
    this.#asked = asked;
  }
  // biome-ignore lint/suspicious/noThenProperty: that is what it is for.
  then(resolve: (value: unknown) => void): void {
    this.#asked();
    resolve(this.value);
  }
}

/** Calls a program may make. */
const FUEL = 60;
/** Microtasks that are counted while a result is waited for. */
const TICKS = 200;

/** @returns what happened, an entry each */
export async function drive(program: string, { undisturbed, require }: Surroundings): Promise<string[]> {
  const seen: string[] = [];
  const entries: unknown[] = [];
  const note = (what: string, value?: unknown) =>
    seen.push(`${what} ${shown(value)}${undisturbed() ? "" : " in another context"}`);
  const names = surroundings(seen);
  const given = { exports: {}, require, entries, ...names };
  new Function(...Object.keys(given), program)(...Object.values(given));
  for (const [index, entry] of entries.entries()) {
    let isOver = false;
    const ticking = tick(() => isOver, seen);
    try {
      const result = names.call(entry, index);
      note(`f${index} gave`, result);
      note(`f${index} ended`, await consume(result, note));
    } catch (error) {
      note(`f${index} threw`, error);
    }
    isOver = true;
    await ticking;
    // What nobody waited for ends here.
    await setImmediate();
  }
  return seen;
}

async function tick(isOver: () => boolean, seen: string[]): Promise<void> {
  for (let ticks = 0; ticks < TICKS && !isOver(); ticks++) {
    seen.push(".");
    await null;
  }
}

/** Sends values into a generator, then leaves it; awaits everything else. */
async function consume(result: unknown, note: (what: string, value?: unknown) => void): Promise<unknown> {
  if (!isObject(result) || typeof Reflect.get(result, "next") !== "function") return await result;
  const iterator = result as Iterator<unknown> | AsyncIterator<unknown>;
  for (let sent = 0; sent < 3; sent++) {
    const step = iterator.next(sent);
    note("stepped", step);
    const { done, value } = await step;
    note(done ? "returned" : "yielded", value);
    if (done) return "done";
  }
  const thrown = await (async () => iterator.throw?.("thrown in"))().catch((error: unknown) => ({ error }));
  note("threw in", thrown);
  return iterator.return?.("left");
}

function surroundings(seen: string[]) {
  let fuel = FUEL;
  const quiet = <T>(value: T): T => {
    if (value instanceof Promise) value.catch(() => {});
    return value;
  };
  const held = (value: unknown) => ({
    [Symbol.dispose]: () => void seen.push(`disposed ${shown(value)}`),
    [Symbol.asyncDispose]: async () => void seen.push(`disposed later ${shown(value)}`),
  });
  return {
    Base,
    log<T>(value: T): T {
      seen.push(shown(value));
      return value;
    },
    call(callee: unknown, ...values: unknown[]): unknown {
      return typeof callee === "function" && fuel-- > 0 ? quiet(Reflect.apply(callee, { v: 5 }, values)) : undefined;
    },
    /** A plain function's native promise settles a tick later when it is traced, and so do those of its async iterator. */
    ret: (value: unknown): unknown =>
      value instanceof Promise || (isObject(value) && Symbol.asyncIterator in value) ? "left out" : value,
    promise: (value: unknown): unknown => Promise.resolve(value),
    rejecting: (value: unknown): unknown => quiet(Promise.reject(value)),
    thenable: (value: unknown): unknown => new Thenable(value, () => seen.push("then")),
    failing(value: unknown): never {
      throw value;
    },
    listed: (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, 3) : [value]),
    generated: (value: unknown): unknown => (isIterable(value) ? value : [value]),
    iterated: (value: unknown): unknown => (isIterable(value) ? value : [value]),
    held,
    /** A resource, or none. */
    resource: (value: unknown): unknown => (value === undefined || value === null ? value : held(value)),
    made: (type: new (value: unknown) => object) => (value: unknown) => new type(value),
    bound: (type: new (value: unknown) => { run(value: unknown): unknown }) => (value: unknown) =>
      new type(value).run(value),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isIterable(value: unknown): boolean {
  return Array.isArray(value) || (isObject(value) && typeof Reflect.get(value, "next") === "function");
}

/** What a value is, without what an engine says of it: its messages quote the code. */
function shown(value: unknown, depth = 3): string {
  if (typeof value === "function") return `function ${value.name}/${value.length}`;
  if (!isObject(value)) return typeof value === "string" ? JSON.stringify(value) : String(value);
  if (value instanceof Error) return value.name;
  if (depth === 0) return "…";
  if (Array.isArray(value)) return `[${value.map((item) => shown(item, depth - 1)).join(", ")}]`;
  const keys = Object.keys(value).map((key) => `${key}: ${shown(Reflect.get(value, key), depth - 1)}`);
  return `${Object.prototype.toString.call(value)} {${keys.join(", ")}}`;
}
