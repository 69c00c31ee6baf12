/** Functions as the build leaves them, by hand: one of each kind, which runs what the test hands it. */

import * as __sw from "../../runtime/compiled.ts";
import type { FrameOptions, SiteRow } from "../../runtime/contract.ts";

const rows: readonly SiteRow[] = [
  { name: "sync", qualified: "Emitted.sync", line: 10, params: ["body"], options: { inputs: false } },
  { name: "asyncCall", line: 20, kind: "async" },
  { name: "generate", line: 30, kind: "generator", params: ["items"], runsOn: true },
  { name: "stream", line: 40, kind: "asyncGenerator", runsOn: true },
  { name: "leaf", line: 50, params: ["a", "b"], leaf: true },
  { name: "delegating", line: 60, kind: "generator", runsOn: true },
  { name: "asyncDelegating", line: 70, kind: "asyncGenerator", runsOn: true },
  { name: "reading", line: 80, kind: "async" },
  { name: "overriding", line: 90, runsOn: true },
  { name: "guarding", line: 100, kind: "async", runsOn: true },
  { name: "reducing", line: 110, kind: "generator", runsOn: true },
  { name: "configured", line: 120, options: { samplingRatio: 1 } },
  { name: "configuredLater", line: 130, kind: "async" },
];

let table: ReturnType<typeof __sw.sites> | undefined;
function site(index: number) {
  table ??= __sw.sites(2, "test/runtime/emitted.ts", rows);
  const found = table[index];
  if (found === undefined) throw new Error(`no site ${index}`);
  return found;
}

export function sync<T>(body: () => T): T {
  const F = site(0).on ? site(0).open() : __sw.off;
  try {
    return F.ret(body());
  } catch (e) {
    throw F.fail(e);
  }
}

/** Before, across and after one `await`. */
export async function asyncCall<T>(
  before: () => void,
  awaited: () => T,
  after: (value: Awaited<T>) => unknown = (value) => value,
): Promise<unknown> {
  const F = site(1).on ? site(1).open() : __sw.off;
  try {
    before();
    const value = F.resume(await F.suspend(awaited()));
    return F.ret(after(value));
  } catch (e) {
    throw F.fail(e);
  }
}

/** Yields items; `seen` runs inside the body after each. */
export function* generate<T>(
  items: Iterable<T>,
  seen: (sent: unknown) => void = () => {},
): Generator<T, string, unknown> {
  const F = site(2).on ? site(2).open([items]) : __sw.off;
  try {
    for (const item of items) seen(F.resume(yield F.chunk(item)));
    return F.ret("done");
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

/** Yields items after an `await` each; `seen` runs inside the body after each. */
export async function* stream<T>(
  items: Iterable<T>,
  seen: (sent: unknown) => void = () => {},
  between: () => unknown = () => undefined,
): AsyncGenerator<Awaited<T>, string, unknown> {
  const F = site(3).on ? site(3).open() : __sw.off;
  try {
    for (const item of items) {
      F.resume(await F.suspend(between()));
      seen(F.resume(yield F.chunk(item)));
    }
    return F.ret("done");
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

export function leaf(a: number, b: number): number {
  const F = site(4).on ? site(4).open([a, b]) : __sw.off;
  try {
    return F.ret(a + b);
  } catch (e) {
    throw F.fail(e);
  }
}

export function* delegating<T, R>(inner: Iterable<T, R, unknown>): Generator<T, R, unknown> {
  const F = site(5).on ? site(5).open() : __sw.off;
  try {
    return F.ret(F.resume(yield* F.delegate(inner)));
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

export async function* asyncDelegating<T, R>(
  inner: AsyncIterable<T, R, unknown> | Iterable<T, R, unknown>,
): AsyncGenerator<T, R, unknown> {
  const F = site(6).on ? site(6).open() : __sw.off;
  try {
    return F.ret(F.resume(yield* F.delegate(inner))) as R;
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

/** `for await`; stops when `body` answers `false`. */
export async function reading<T>(
  source: AsyncIterable<T> | Iterable<T>,
  body: (item: Awaited<T>) => boolean | undefined,
  after: () => void = () => {},
): Promise<void> {
  const F = site(7).on ? site(7).open() : __sw.off;
  try {
    for await (const item of F.iterate(source)) {
      F.resume();
      if (body(item) === false) break;
    }
    F.resume();
    after();
  } catch (e) {
    throw F.fail(e);
  }
  F.end();
}

/** `try { return first() } finally { return second() }` */
export function overriding<T>(first: () => T, second: () => T): T {
  const F = site(8).on ? site(8).open() : __sw.off;
  try {
    try {
      return F.ret(first());
    } finally {
      // biome-ignore lint/correctness/noUnsafeFinally: what it is about.
      return F.ret(second());
    }
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

/** An `await` whose rejection the function catches itself. */
export async function guarding(awaited: () => unknown, caught: () => unknown, finished: () => void): Promise<unknown> {
  const F = site(9).on ? site(9).open() : __sw.off;
  try {
    try {
      return F.ret(F.resume(await F.suspend(awaited())));
    } catch {
      F.resume();
      return F.ret(caught());
    } finally {
      F.resume();
      finished();
    }
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

/** A generator with a marker call. */
export function* reducing<T>(items: Iterable<T>, options: () => FrameOptions): Generator<T, void, unknown> {
  const F = site(10).on ? site(10).open() : __sw.off;
  try {
    if (F.on) {
      try {
        F.configure(options());
      } catch (e) {
        F.misconfigured(e);
      }
    }
    for (const item of items) F.resume(yield F.chunk(item));
  } catch (e) {
    throw F.fail(e);
  } finally {
    F.end();
  }
}

/** A plain function with a marker call. */
export function configured<T>(options: () => FrameOptions, result: () => T): T {
  const F = site(11).on ? site(11).open() : __sw.off;
  try {
    if (F.on) {
      try {
        F.configure(options());
      } catch (e) {
        F.misconfigured(e);
      }
    }
    return F.ret(result());
  } catch (e) {
    throw F.fail(e);
  }
}

/** An async function with a marker call. */
export async function configuredLater<T>(options: () => FrameOptions, result: () => T): Promise<Awaited<T>> {
  const F = site(12).on ? site(12).open() : __sw.off;
  try {
    if (F.on) {
      try {
        F.configure(options());
      } catch (e) {
        F.misconfigured(e);
      }
    }
    return F.ret(F.resume(await F.suspend(result())));
  } catch (e) {
    throw F.fail(e);
  }
}
