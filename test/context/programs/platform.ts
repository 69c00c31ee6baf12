/** Where the context goes that the platform's own means carry: emitters, timers, resources and storages of the program. */

import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { EventEmitter, on, once } from "node:events";
import { readFile } from "node:fs";
import { here, type Program, tick } from "./program.ts";
import { items, later, plain, reading } from "./traced.ts";

const nothing = () => {};

export const PLATFORM: readonly Program[] = [
  {
    name: "an AsyncResource that the caller made",
    needs: "storage",
    notes: ["scope in nothing", "body in plain", "caller in nothing"],
    spans: ["plain"],
    run(at) {
      const resource = new AsyncResource("of the caller");
      plain(() => {
        resource.runInAsyncScope(at("scope"));
        at("body")();
      });
      at("caller")();
    },
  },
  {
    name: "an AsyncResource that the function made",
    needs: "storage",
    notes: ["bound in plain", "scope in plain", "caller in nothing"],
    spans: ["plain"],
    run(at) {
      const [bound, resource] = plain(() => [AsyncResource.bind(at("bound")), new AsyncResource("of the function")]);
      (bound as () => void)();
      (resource as AsyncResource).runInAsyncScope(at("scope"));
      at("caller")();
    },
  },
  {
    name: "a storage of the program's around a function",
    notes: ["before: mine", "after: mine", "around: mine", "outside: undefined"],
    spans: ["later"],
    async run(_at, notes) {
      const storage = new AsyncLocalStorage<string>();
      const look = (place: string) => () => void notes.push(`${place}: ${storage.getStore()}`);
      await storage.run("mine", async () => {
        await later(look("before"), tick, look("after"));
        look("around")();
      });
      look("outside")();
    },
  },
  {
    name: "a storage of the program's that a function enters",
    notes: ["caller: inside", "after: inside", "item: 1", "caller: 1"],
    spans: ["items", "later"],
    async run(_at, notes) {
      const storage = new AsyncLocalStorage<string>();
      const look = (place: string) => () => void notes.push(`${place}: ${storage.getStore()}`);
      // What is entered before the first `await` stays entered for the caller, traced or not.
      const running = later(() => storage.enterWith("inside"), tick, look("after"));
      look("caller")();
      await running;
      const generator = items(1, () => storage.enterWith("1"));
      generator.next();
      look("item")();
      generator.next();
      look("caller")();
    },
  },
  {
    name: "an emitter whose listener the function added",
    notes: ["listener in plain", "listener in nothing", "listener in plain"],
    spans: ["plain", "plain"],
    run(at) {
      const emitter = new EventEmitter();
      plain(() => emitter.on("event", at("listener")).emit("event"));
      emitter.emit("event");
      plain(() => emitter.emit("event"));
    },
  },
  {
    name: "an event that the function waits for",
    notes: ["caller in nothing", "after in later", "caller in nothing"],
    spans: ["later", "plain"],
    async run(at) {
      const emitter = new EventEmitter();
      const waiting = later(nothing, () => once(emitter, "event"), at("after"));
      at("caller")();
      plain(() => emitter.emit("event"));
      await waiting;
      at("caller")();
    },
  },
  {
    name: "events that the function reads one by one",
    notes: ["loop in reading", "loop in reading", "after in reading", "caller in nothing"],
    spans: ["plain", "reading"],
    async run(at) {
      const emitter = new EventEmitter();
      let left = 2;
      const body = () => {
        at("loop")();
        left -= 1;
        return left > 0;
      };
      const running = reading(on(emitter, "event"), body, at("after"));
      plain(() => emitter.emit("event"));
      await tick();
      emitter.emit("event");
      await running;
      at("caller")();
    },
  },
  {
    name: "a promise that another function resolves",
    notes: ["resolver in plain", "after in later", "caller in nothing"],
    spans: ["later", "plain"],
    async run(at) {
      let resolve = nothing;
      const promise = new Promise<void>((settle) => {
        resolve = settle;
      });
      const waiting = later(nothing, () => promise, at("after"));
      plain(() => {
        resolve();
        at("resolver")();
      });
      await waiting;
      at("caller")();
    },
  },
  {
    name: "a call that nobody waits for and that outlives its caller",
    notes: ["caller in nothing", "after in later", "caller in nothing"],
    spans: ["later < plain", "plain"],
    async run(at) {
      plain(() => void later(nothing, tick, at("after")));
      at("caller")();
      await tick();
      await tick();
      at("caller")();
    },
  },
  {
    name: "an interval and a callback that the function started",
    needs: "storage",
    notes: ["caller in nothing", "interval: plain plain", "callback: plain", "caller in nothing"],
    spans: ["plain", "plain"],
    async run(at, notes) {
      const interval = plain(() => {
        const places: string[] = [];
        return { ended: intervals(places), places };
      });
      const callback = plain(() => ({
        read: new Promise((resolve) => readFile(import.meta.filename, () => resolve(here()))),
      }));
      at("caller")();
      await interval.ended;
      notes.push(`interval: ${interval.places.join(" ")}`, `callback: ${await callback.read}`);
      at("caller")();
    },
  },
];

/** Takes note of where an interval runs, twice. */
function intervals(places: string[]): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      places.push(here());
      if (places.length < 2) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
}
