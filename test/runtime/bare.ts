/** The functions of emitted.ts as they were written, before the build. */

export async function asyncCall<T>(
  before: () => void,
  awaited: () => T,
  after: (value: Awaited<T>) => unknown = (value) => value,
): Promise<unknown> {
  before();
  const value = await awaited();
  return after(value);
}

export async function* stream<T>(
  items: Iterable<T>,
  seen: (sent: unknown) => void = () => {},
  between: () => unknown = () => undefined,
): AsyncGenerator<Awaited<T>, string, unknown> {
  for (const item of items) {
    await between();
    seen(yield item);
  }
  return "done";
}

export async function* asyncDelegating<T, R>(
  inner: AsyncIterable<T, R, unknown> | Iterable<T, R, unknown>,
): AsyncGenerator<T, R, unknown> {
  return yield* inner;
}

export async function reading<T>(
  source: AsyncIterable<T> | Iterable<T>,
  body: (item: Awaited<T>) => boolean | undefined,
  after: () => void = () => {},
): Promise<void> {
  for await (const item of source) if (body(item) === false) break;
  after();
}

export async function guarding(awaited: () => unknown, caught: () => unknown, finished: () => void): Promise<unknown> {
  try {
    return await awaited();
  } catch {
    return caught();
  } finally {
    finished();
  }
}
