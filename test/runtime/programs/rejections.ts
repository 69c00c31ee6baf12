/** Counts the unhandled rejections of every case; the argument is `bare` or `traced`. */

import { init } from "../../../runtime/index.ts";
import { asyncCall, generate, sync } from "../emitted.ts";

init({ store: false, enabled: process.argv[2] === "traced" });

class Derived<T> extends Promise<T> {}
const reason = new Error("no");
const reject = () => Promise.reject(reason);
const nothing = () => {};

async function* failing(): AsyncGenerator<unknown> {
  yield await reject();
}
const itself = {
  [Symbol.asyncIterator]() {
    return this;
  },
};
const broken = () => new ReadableStream({ pull: (controller) => controller.error(reason) });

const cases: Record<string, () => unknown> = {
  "a dropped promise of a plain function": () => sync(reject),
  "a handled promise of a plain function": () => sync(reject).catch(nothing),
  "a promise handled later in the same job": () => {
    const promise = sync(reject);
    queueMicrotask(() => promise.catch(nothing));
  },
  "a promise returned twice, one handled": () => {
    const promise = reject();
    sync(() => promise).catch(nothing);
    return sync(() => promise);
  },
  "a dropped subclass promise": () => sync(() => Derived.reject(reason)),
  "a handled subclass promise": () => sync(() => Derived.reject(reason)).catch(nothing),
  "a dropped async call": () => asyncCall(nothing, reject),
  "a handled async call": () => asyncCall(nothing, reject).catch(nothing),
  "a rejected promise returned by an async call": () => asyncCall(nothing, () => 0, reject),
  "a handled rejected promise returned by an async call": () => asyncCall(nothing, () => 0, reject).catch(nothing), // biome-ignore format: a row
  "a promise of a nested plain function": () => sync(() => sync(reject)),
  "a dropped step of a returned async generator": () => sync(failing).next(),
  "a handled step of a returned async generator": () => sync(failing).next().catch(nothing),
  "a dropped step of a returned async iterator": () => sync(() => ({ next: reject, ...itself })).next(),
  "a handled step of a returned async iterator": () =>
    sync(() => ({ next: reject, ...itself }))
      .next()
      .catch(nothing),
  "a dropped read of a returned stream": () => sync(broken).getReader().read(),
  "a handled read of a returned stream": () => sync(broken).getReader().read().catch(nothing),
  "a dropped pipe of a returned stream": () => sync(broken).pipeTo(new WritableStream()),
  "a handled pipe of a returned stream": () => sync(broken).pipeTo(new WritableStream()).catch(nothing),
  "a returned stream that is piped through": () => sync(broken).pipeThrough(new TransformStream()),
  "a returned stream that is teed": () => sync(broken).tee(),
  "a promised stream that fails": async () => {
    for await (const _ of await sync(async () => broken()));
  },
  "an async generator returned by an async call": () =>
    (asyncCall(nothing, () => 0, failing) as Promise<AsyncGenerator>).then((items) => items.next()),
  "rejected promises a generator yields": () => [...generate([reject()])],
};

let seen: unknown[] = [];
process.on("unhandledRejection", (error) => seen.push(error));
for (const [name, run] of Object.entries(cases)) {
  seen = [];
  run();
  // Nothing here waits for more than a few turns of the event loop.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  console.log(JSON.stringify({ name, count: seen.length, same: seen.every((error) => error === reason) }));
}
