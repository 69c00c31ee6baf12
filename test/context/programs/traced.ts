/** Traced functions, one of each kind that matters to the context; they run what a program hands them. */

// @trace
export function plain<T>(body: () => T): T {
  return body();
}

// @trace
export async function later<T>(before: () => void, awaited: () => unknown, after: () => T): Promise<T> {
  before();
  await awaited();
  return after();
}

// @trace
export async function guarded(awaited: () => unknown, caught: () => void, finished: () => void): Promise<void> {
  try {
    await awaited();
  } catch {
    caught();
    await null;
  } finally {
    finished();
  }
}

// @trace
export async function reading(source: AsyncIterable<unknown>, body: () => unknown, after: () => void): Promise<void> {
  for await (const _ of source) if (body() === false) break;
  after();
}

// @trace
export async function jumping(
  source: () => AsyncIterable<unknown>,
  head: () => unknown,
  body: () => void,
): Promise<void> {
  outer: for (let round = 0; round < 2; head(), round++) {
    for await (const _ of source()) {
      body();
      continue outer;
    }
  }
}

// @trace
export function* items(count: number, body: () => void): Generator<number, string> {
  for (let item = 0; item < count; item++) {
    body();
    yield item;
  }
  return "done";
}

// @trace
export async function* stream(count: number, body: () => void, between: () => unknown): AsyncGenerator<number> {
  try {
    for (let item = 0; item < count; item++) {
      await between();
      body();
      yield item;
    }
  } finally {
    body();
  }
}

// @trace
export function* delegating(inner: Iterable<number>, after: () => void): Generator<number> {
  yield* inner;
  after();
}

// @trace
export async function* delegatingLater(inner: AsyncIterable<number>, after: () => void): AsyncGenerator<number> {
  yield* inner;
  after();
}
