/**
 * ReadableStreams of the web and Readables of Node: the same object, observed through own methods; nothing is
 * locked or read for it.
 *
 * Of a web stream what its readers and iterators read is seen, through `tee` as well, and its end also when
 * it is cancelled or piped: the items that `pipeTo` and `pipeThrough` move are out of sight. A platform that
 * takes a stream in without calling its methods (`new Response(stream)` in a browser, a transfer to a worker)
 * shows nothing; the span then ends as abandoned when the stream is collected or the process exits.
 */

import { dataOf } from "./capture.ts";
import { observeOpened, settled } from "./iterators.ts";
import { callInside, Forwarding, type Over, observeMethods, type StreamObserver } from "./observers.ts";
import { call, readStep } from "./streams.ts";

const web = typeof ReadableStream === "function" ? ReadableStream.prototype : undefined;
const getReader = web && dataOf(web, "getReader");
const locked = web && Object.getOwnPropertyDescriptor(web, "locked")?.get;

/** Whether a value is a ReadableStream of the web. */
export function isReadableStream(value: object): boolean {
  return getReader !== undefined && dataOf(value, "getReader") === getReader && isLocked(value) !== undefined;
}

function isLocked(stream: object): unknown {
  if (locked === undefined) return undefined;
  try {
    return Reflect.apply(locked, stream, []);
  } catch {
    return undefined; // what inherits from a stream without being one
  }
}

/**
 * Tells what is read of a ReadableStream.
 *
 * @returns `false` when somebody reads it already, or when it takes no properties
 */
export function observeReadableStream(stream: object, observer: StreamObserver): boolean {
  return isLocked(stream) === false && observeMethods(stream, observer, STREAM);
}

/** A reader's use of the stream ends when it gives the lock back; what it still waits for fails then. */
class Lease extends Forwarding {
  released = false;

  override get open(): boolean {
    return !this.released && super.open;
  }
}

/** One of the two branches of `tee`: what both read is told once, and the stream is left by both. */
class Branch extends Forwarding {
  private readonly shared: { seen: number; left: number };
  private read = 0;
  private gone = false;

  constructor(to: StreamObserver, shared: { seen: number; left: number }) {
    super(to);
    this.shared = shared;
  }

  override add(item: unknown): void {
    this.read += 1;
    if (this.read <= this.shared.seen) return;
    this.shared.seen = this.read;
    super.add(item);
  }

  override leave(): void {
    if (this.gone) return;
    this.gone = true;
    this.shared.left += 1;
    if (this.shared.left === 2) super.leave();
  }
}

/** An iterator of a stream. It may be dropped before the stream is, which it keeps as a reader does. */
class Reading extends Forwarding {
  override begin(): void {}
}

/** An iterator that leaves the stream to the next reader. */
class Staying extends Reading {
  override leave(): void {}
}

/** What comes out of `pipeThrough` is something else; only its end is that of the stream. */
class EndOnly extends Forwarding {
  override add(): void {}
}

const openReader: Over = (observers, method, self, args) => {
  const reader = call(method, self, args);
  if (typeof reader !== "object" || reader === null) return reader;
  const lease = new Lease(observers);
  observeMethods(
    reader,
    lease,
    new Map<PropertyKey, Over>([
      ["read", readItem],
      ["cancel", cancel],
      [
        "releaseLock",
        (_, release, holder, none) => {
          const result = call(release, holder, none);
          lease.released = true;
          return result;
        },
      ],
    ]),
  );
  return reader;
};

const readItem: Over = (observers, method, self, args) =>
  settled(observers, callInside(observers, method, self, args), (result) => {
    const step = readStep(result);
    if (step?.done === true) observers.finish();
    else if (step !== undefined) observers.add(step.value);
  });

const cancel: Over = (observers, method, self, args) => {
  // Somebody else's lock makes `cancel` fail and changes nothing.
  const cancels = isLocked(self) !== true;
  const result = callInside(observers, method, self, args);
  if (cancels) observers.leave();
  return result;
};

const openValues: Over = (observers, method, self, args) => {
  // A stream that is locked refuses, and goes on for whoever holds the lock.
  const iterator = call(method, self, args);
  const [options] = args;
  const stays = typeof options === "object" && options !== null && dataOf(options, "preventCancel") === true;
  observeOpened(iterator, stays ? new Staying(observers) : new Reading(observers));
  return iterator;
};

const tee: Over = (observers, method, self, args) => {
  const branches = call(method, self, args);
  const shared = { seen: 0, left: 0 };
  if (Array.isArray(branches)) {
    for (const branch of branches) observeReadableStream(branch, new Branch(observers, shared));
  }
  return branches;
};

const pipeTo: Over = (observers, method, self, args) => {
  if (isLocked(self) === true) return call(method, self, args);
  observers.blind();
  return settled(observers, call(method, self, args), () => observers.finish());
};

const pipeThrough: Over = (observers, method, self, args) => {
  const readable = call(method, self, args);
  observers.blind();
  if (typeof readable === "object" && readable !== null && isReadableStream(readable)) {
    observeReadableStream(readable, new EndOnly(observers));
  }
  return readable;
};

const STREAM: ReadonlyMap<PropertyKey, Over> = new Map<PropertyKey, Over>([
  ["getReader", openReader],
  [Symbol.asyncIterator, openValues],
  ["values", openValues],
  ["tee", tee],
  ["pipeTo", pipeTo],
  ["pipeThrough", pipeThrough],
  ["cancel", cancel],
]);

/** Whether a value is a Readable of Node. A socket, which is written to as well, is no result but a conversation. */
export function isNodeReadable(value: object): boolean {
  if (!Object.hasOwn(value, "_readableState") || typeof dataOf(value, "emit") !== "function") return false;
  return !Object.hasOwn(value, "_writableState") || typeof dataOf(value, "_transform") === "function";
}

/** Tells what a Readable emits, however it is read: no listener is added, none is kept from being the first. */
export function observeNodeReadable(stream: object, observer: StreamObserver): boolean {
  return observeMethods(stream, observer, new Map([["emit", emit]]));
}

const emit: Over = (observers, method, self, args) => {
  const [event, value] = args;
  if (event === "data") observers.add(value);
  else if (event === "end") observers.finish();
  else if (event === "error" && isAbort(value)) observers.leave();
  else if (event === "error") observers.fail(value);
  else if (event === "close") observers.leave();
  return call(method, self, args);
};

/** Whether a stream fails only because its consumer has destroyed it. */
function isAbort(error: unknown): boolean {
  return typeof error === "object" && error !== null && dataOf(error, "code") === "ABORT_ERR";
}
