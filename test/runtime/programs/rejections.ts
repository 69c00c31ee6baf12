/** Counts unhandled rejections; the case is the first argument, `bare` or `traced` the second. */

import { init } from "../../../runtime/index.ts";
import { asyncCall, generate, sync } from "../emitted.ts";

init({ store: false, enabled: process.argv[3] === "traced" });

class Derived<T> extends Promise<T> {}
const reason = new Error("no");
const reject = () => Promise.reject(reason);
const nothing = () => {};

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
  "rejected promises a generator yields": () => [...generate([reject()])],
};

const seen: unknown[] = [];
process.on("unhandledRejection", (error) => seen.push(error));
cases[process.argv[2] ?? ""]?.();
setTimeout(
  () => console.log(JSON.stringify({ count: seen.length, same: seen.every((error) => error === reason) })),
  20,
);
if (process.argv[2] === "names") console.log(JSON.stringify(Object.keys(cases)));
