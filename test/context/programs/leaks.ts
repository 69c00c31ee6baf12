/** Where a traced function's span is current, and where it must not be. */

import { EventEmitter } from "node:events";
import { here, type Program, tick } from "./program.ts";
import { delegating, delegatingLater, guarded, items, jumping, later, plain, reading, stream } from "./traced.ts";

const nothing = () => {};

export const LEAKS: readonly Program[] = [
  {
    name: "a plain function and its caller",
    notes: ["body in plain", "caller in nothing"],
    spans: ["plain"],
    run(at) {
      plain(at("body"));
      at("caller")();
    },
  },
  {
    name: "an async function that is not awaited at once",
    notes: ["before in later", "caller in nothing", "after in later", "caller in nothing"],
    spans: ["later"],
    async run(at) {
      const running = later(at("before"), tick, at("after"));
      at("caller")();
      await running;
      at("caller")();
    },
  },
  {
    name: "what follows an async function's promise",
    notes: ["after in later", "then in nothing", "finally in nothing"],
    spans: ["later"],
    run: (at) => later(nothing, tick, at("after")).then(at("then")).finally(at("finally")),
  },
  {
    name: "siblings side by side",
    notes: ["a before in later", "b before in later", "caller in nothing", "a after in plain", "b after in plain"],
    spans: ["later < plain", "later < plain", "plain", "plain", "plain < later", "plain < later"],
    async run(at) {
      const sibling = (name: string) =>
        plain(() => later(at(`${name} before`), tick, () => plain(at(`${name} after`))));
      const running = [sibling("a"), sibling("b")];
      at("caller")();
      await Promise.all(running);
    },
  },
  {
    name: "a chain of async functions below each other",
    notes: ["3 in later", "2 in later", "1 in later", "caller in nothing"],
    spans: ["later", "later < later", "later < later"],
    async run(at) {
      await later(nothing, () => later(nothing, () => later(nothing, tick, at("3")), at("2")), at("1"));
      at("caller")();
    },
  },
  {
    name: "an untraced async function that awaits a traced one",
    notes: ["first in nothing", "body in later", "second in nothing", "body in later", "third in nothing"],
    spans: ["later", "later"],
    async run(at) {
      at("first")();
      await later(nothing, tick, at("body"));
      at("second")();
      await later(nothing, tick, at("body"));
      at("third")();
    },
  },
  {
    name: "timers and jobs that the caller started",
    notes: ["started before: nothing", "started after: nothing"],
    spans: ["later", "plain"],
    async run(_at, notes) {
      const before = started();
      const running = later(nothing, tick, nothing);
      plain(nothing);
      const after = started();
      await running;
      notes.push(`started before: ${await before}`, `started after: ${await after}`);
    },
  },
  {
    name: "timers and jobs that the function started itself",
    needs: "storage",
    notes: ["caller in nothing", "started inside: later"],
    spans: ["later"],
    async run(at, notes) {
      let inside: Promise<string> | undefined;
      await later(nothing, tick, () => {
        inside = started();
      });
      at("caller")();
      notes.push(`started inside: ${await inside}`);
    },
  },
  {
    name: "a generator and its consumer",
    notes: ["caller in nothing", "body in items", "consumer in nothing", "body in items", "consumer in nothing"],
    spans: ["items"],
    run(at) {
      const generator = items(2, at("body"));
      at("caller")();
      for (const _ of generator) at("consumer")();
    },
  },
  {
    name: "generators that are consumed by turns",
    notes: ["a in items", "b in items", "consumer in nothing", "a in items", "consumer in nothing"],
    spans: ["items", "items"],
    run(at) {
      const [a, b] = [items(2, at("a")), items(2, at("b"))];
      a.next();
      b.next();
      at("consumer")();
      a.next();
      b.return("enough");
      a.return("enough");
      at("consumer")();
    },
  },
  {
    name: "a generator whose consumer throws into it",
    notes: ["body in items", "consumer in nothing"],
    spans: ["items"],
    run(at) {
      const generator = items(2, at("body"));
      generator.next();
      try {
        generator.throw(new Error("into"));
      } catch {
        at("consumer")();
      }
    },
  },
  {
    name: "a generator that is consumed in another traced function",
    notes: ["body in items", "consumer in plain", "caller in nothing", "body in items", "caller in nothing"],
    spans: ["items < plain", "plain"],
    run(at) {
      const generator = items(2, at("body"));
      plain(() => {
        generator.next();
        at("consumer")();
      });
      at("caller")();
      generator.next();
      generator.return("enough");
      at("caller")();
    },
  },
  {
    name: "an async generator and its consumer",
    notes: ["body in stream", "consumer in nothing", "body in stream", "consumer in nothing", "body in stream", "after in nothing"], // biome-ignore format: one list
    spans: ["stream"],
    async run(at) {
      for await (const _ of stream(2, at("body"), tick)) at("consumer")();
      at("after")();
    },
  },
  {
    name: "an async generator that its consumer leaves",
    notes: ["body in stream", "consumer in nothing", "body in stream", "after in nothing"],
    spans: ["stream"],
    async run(at) {
      for await (const _ of stream(2, at("body"), tick)) {
        at("consumer")();
        break;
      }
      at("after")();
    },
  },
  {
    name: "an async generator with queued requests",
    notes: ["caller in nothing", "body in stream", "body in stream", "consumer in nothing", "body in stream", "consumer in nothing"], // biome-ignore format: one list
    spans: ["stream"],
    async run(at) {
      const generator = stream(2, at("body"), () => null);
      const requests = [generator.next(), generator.next()];
      at("caller")();
      await Promise.all(requests);
      at("consumer")();
      await generator.return(undefined);
      at("consumer")();
    },
  },
  {
    name: "yield* over an untraced generator",
    notes: ["inner in delegating", "consumer in nothing", "inner in delegating", "after in delegating", "caller in nothing"], // biome-ignore format: one list
    spans: ["delegating"],
    run(at) {
      const inner = function* () {
        at("inner")();
        yield 1;
        at("inner")();
      };
      for (const _ of delegating(inner(), at("after"))) at("consumer")();
      at("caller")();
    },
  },
  {
    name: "yield* over a traced async generator",
    notes: ["body in stream", "consumer in nothing", "body in stream", "after in delegatingLater", "caller in nothing"],
    spans: ["delegatingLater", "stream < delegatingLater"],
    async run(at) {
      for await (const _ of delegatingLater(stream(1, at("body"), tick), at("after"))) at("consumer")();
      at("caller")();
    },
  },
  {
    name: "for await over a traced async generator",
    notes: ["body in stream", "loop in reading", "body in stream", "after in reading", "caller in nothing"],
    spans: ["reading", "stream < reading"],
    async run(at) {
      await reading(stream(1, at("body"), tick), at("loop"), at("after"));
      at("caller")();
    },
  },
  {
    name: "catch and finally after a rejected await",
    notes: ["catch in guarded", "finally in guarded", "caller in nothing"],
    spans: ["guarded"],
    async run(at) {
      await guarded(() => tick().then(() => Promise.reject(new Error("no"))), at("catch"), at("finally"));
      at("caller")();
    },
  },
  {
    name: "errors that leave a function",
    notes: ["thrown in nothing", "caller in nothing", "rejected in nothing"],
    spans: ["later", "plain"],
    async run(at) {
      const fail = () => {
        throw new Error("no");
      };
      try {
        plain(fail);
      } catch {
        at("thrown")();
      }
      const failing = later(nothing, tick, fail);
      at("caller")();
      await failing.catch(at("rejected"));
    },
  },
  {
    name: "an emitter whose listener the caller added",
    notes: ["listener in plain", "listener in nothing"],
    spans: ["plain"],
    run(at) {
      const emitter = new EventEmitter().on("event", at("listener"));
      plain(() => emitter.emit("event"));
      emitter.emit("event");
    },
  },
  {
    name: "a loop around a `for await` that is left for its next round",
    notes: ["body in jumping", "head in jumping", "body in jumping", "head in jumping", "caller in nothing"],
    spans: ["jumping"],
    async run(at) {
      const source = async function* () {
        yield 1;
      };
      await jumping(source, at("head"), at("body"));
      at("caller")();
    },
  },
  {
    name: "a lazy thenable that the function awaits",
    notes: ["executed in later", "after in later", "caller in nothing"],
    spans: ["later"],
    async run(at) {
      const query = {
        // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
        then(resolve: () => void) {
          at("executed")();
          resolve();
        },
      };
      await later(nothing, () => query, at("after"));
      at("caller")();
    },
  },
];

/** Where timers and jobs of each kind run that are started here. */
async function started(): Promise<string> {
  const places = await Promise.all([
    new Promise((resolve) => setTimeout(() => resolve(here()))),
    new Promise((resolve) => setImmediate(() => resolve(here()))),
    new Promise((resolve) => queueMicrotask(() => resolve(here()))),
    new Promise((resolve) => process.nextTick(() => resolve(here()))),
    Promise.resolve().then(here),
  ]);
  return [...new Set(places)].join(", ");
}
