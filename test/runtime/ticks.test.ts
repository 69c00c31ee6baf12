import { beforeEach, describe, expect, test } from "vitest";
import * as bare from "./bare.ts";
import * as emitted from "./emitted.ts";
import { record } from "./recorded.ts";

beforeEach(() => record());

/** Microtasks until a promise settles. */
async function ticksOf(start: () => Promise<unknown>): Promise<number> {
  let settled = false;
  const stop = () => {
    settled = true;
  };
  start().then(stop, stop);
  let ticks = 0;
  for (; !settled && ticks < 200; ticks++) await null;
  return ticks;
}

class Derived<T> extends Promise<T> {}

/** A thenable that answers later, as a query builder does. */
function lazy(value: unknown): unknown {
  // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
  return { then: (resolve: (value: unknown) => void) => void Promise.resolve().then(() => resolve(value)) };
}

const awaited: [string, () => unknown][] = [
  ["a number", () => 1],
  ["a native promise", () => Promise.resolve(1)],
  ["a rejected promise", () => Promise.reject(new Error("no"))],
  ["an instance of a subclass of Promise", () => Derived.resolve(1)],
  ["a thenable", () => lazy(1)],
  ["an async function's promise", () => (async () => 1)()],
];

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items) {
    // Only its time matters.
  }
}

type Kinds = Pick<typeof emitted, "asyncCall" | "stream" | "asyncDelegating" | "reading" | "guarding">;

const shapes: [string, (kinds: Kinds, value: () => unknown) => Promise<unknown>][] = [
  ["await", (kinds, value) => kinds.asyncCall(() => {}, value)],
  ["return in an async function", (kinds, value) => kinds.asyncCall(() => {}, () => 0, value)], // biome-ignore format: a row
  ["a second await in a call", (kinds, value) => kinds.asyncCall(() => {}, () => kinds.asyncCall(() => {}, value))], // biome-ignore format: a row
  ["await in try with catch", (kinds, value) => kinds.guarding(value, () => 0, () => {})], // biome-ignore format: a row
  ["yield in an async generator", (kinds, value) => drain(kinds.stream([value()]))],
  ["await in an async generator", (kinds, value) => drain(kinds.stream([1, 2], () => {}, value))], // biome-ignore format: a row
  ["yield* of a list", (kinds, value) => drain(kinds.asyncDelegating([value()]))],
  ["yield* of an async generator", (kinds, value) => drain(kinds.asyncDelegating(bare.stream([1, 2], () => {}, value)))], // biome-ignore format: a row
  ["for await over a list", (kinds, value) => kinds.reading([value()], () => true)],
  ["for await that stops", (kinds, value) => kinds.reading(bare.stream([1, 2], () => {}, value), () => false)], // biome-ignore format: a row
];

describe.each(shapes)("%s", (_, run) => {
  test.each(awaited)("of %s settles after as many microtasks as untraced", async (_name, value) => {
    expect(await ticksOf(() => run(emitted, value))).toBe(await ticksOf(() => run(bare, value)));
  });
});
