/** What a call's span waits for when its result is not there yet, or is a stream. */

import type { Context } from "@opentelemetry/api";
import { render } from "./capture.ts";
import { Chunks, type OutputReducer, reportUnusedReducer } from "./chunks.ts";
import { reportInternal } from "./diagnostics.ts";
import { isAsync, isIterator, observeAsyncIterable, observeIterator } from "./iterators.ts";
import { Forwarding, type StreamObserver } from "./observers.ts";
import { isProxy } from "./platform.ts";
import { isNodeReadable, isReadableStream, observeNodeReadable, observeReadableStream } from "./readable-streams.ts";
import { accompany, type Outcome, type Then } from "./results.ts";
import type { CallSpan } from "./span-api.ts";
import { abandonWith } from "./unfinished.ts";

/** How the outputs of a call are recorded. It must not refer to the call's result. */
export interface Recording {
  readonly span: CallSpan;
  /** Whether outputs are captured. */
  readonly captures: boolean;
  /** Makes the outputs of a stream's items. */
  readonly reducer: OutputReducer | undefined;
  /** The function and its place, for messages. */
  readonly place: string;
}

/** The kinds of streams, in the order in which they are asked for. */
const STREAMS: readonly (readonly [
  is: (value: object) => boolean,
  observe: (value: object, observer: StreamObserver) => boolean,
])[] = [
  [isIterator, observeIterator],
  [isReadableStream, observeReadableStream],
  [isNodeReadable, observeNodeReadable],
  [(value) => isAsync(value) && !Object.hasOwn(value, "_writableState"), observeAsyncIterable],
];

/**
 * Leaves the end of a call's span to the stream that is its result: an iterator, an async iterable, a
 * ReadableStream or a Readable of Node.
 *
 * @returns `undefined` when the value is none, or takes no observation
 */
export function observeStream(value: unknown, recording: Recording): Chunks | undefined {
  if (value === null || (typeof value !== "object" && typeof value !== "function") || isProxy(value)) return undefined;
  if (!mayStream(value)) return undefined;
  try {
    const kind = STREAMS.find(([is]) => is(value));
    const chunks = chunksOf(recording);
    if (kind === undefined || !kind[1](value, chunks)) return undefined;
    abandonWith(value, chunks);
    return chunks;
  } catch (error) {
    // Objects of the platform may refuse to be looked at, a window of another origin for one.
    reportInternal(error);
    return undefined;
  }
}

function chunksOf({ span, captures, reducer }: Recording): Chunks {
  const chunks = new Chunks(span, captures);
  if (reducer !== undefined) chunks.reduceWith(reducer);
  return chunks;
}

/**
 * Leaves the end of a call's span to a thenable, or to its items when it is read as an async iterable instead,
 * as a query can be.
 *
 * @returns `undefined` when the value takes no observation
 */
export function observeThenable(value: object, then: Then, recording: Recording): Settlement | undefined {
  const settlement = new Settlement(recording);
  if (!accompany(value, then, settlement)) return undefined;
  if (isAsync(value)) observeAsyncIterable(value, new ReadInstead(settlement, chunksOf(recording)));
  return settlement;
}

/** The items of a thenable; they count from the first step on, unless it was awaited before. */
class ReadInstead extends Forwarding {
  private readonly settlement: Settlement;
  private readonly chunks: Chunks;

  constructor(settlement: Settlement, chunks: Chunks) {
    super(chunks);
    this.settlement = settlement;
    this.chunks = chunks;
  }

  override get open(): boolean {
    return this.settlement.open || (this.settlement.reads(this.chunks) && super.open);
  }

  override begin(holder: object): void {
    this.settlement.read(this.chunks);
    super.begin(holder);
  }
}

/** What a stream has one of; most results have none, and one look at each of their prototypes tells so. */
const SIGNS = ["next", Symbol.asyncIterator, "getReader"] as const;

function mayStream(value: object): boolean {
  let holder: object | null = value;
  while (holder !== null && holder !== Object.prototype && holder !== Array.prototype && !isProxy(holder)) {
    for (const sign of SIGNS) if (Object.hasOwn(holder, sign)) return true;
    holder = Object.getPrototypeOf(holder);
  }
  return false;
}

/** Takes how a promise or a thenable settles. */
export class Settlement implements Outcome {
  open = true;
  private readonly recording: Recording;
  private stream: Chunks | undefined = undefined;

  constructor(recording: Recording) {
    this.recording = recording;
  }

  get context(): Context {
    return this.recording.span.context;
  }

  fulfilled(value: unknown): void {
    if (!this.open) return;
    const { span, captures, reducer, place } = this.recording;
    const stream = observeStream(value, this.recording);
    if (stream !== undefined) {
      this.read(stream);
      return;
    }
    if (captures && value !== undefined) span.captureOutputs(render(value));
    if (reducer !== undefined) reportUnusedReducer(place);
    this.close();
  }

  /** The result is read item by item from now on. */
  read(chunks: Chunks): void {
    this.open = false;
    this.stream = chunks;
  }

  /** Whether it is these items that the result is read by. */
  reads(chunks: Chunks): boolean {
    return this.stream === chunks;
  }

  rejected(reason: unknown): void {
    if (!this.open) return;
    this.recording.span.failed(reason);
    this.close();
  }

  /** The result is not the call's any more: a `finally` returned or threw something else. */
  cancel(): void {
    this.open = false;
    this.stream?.cancel();
  }

  unobserved(): void {
    this.recording.span.setAttribute("spanwright.result.unobserved", true);
    this.close();
  }

  private close(): void {
    this.open = false;
    this.recording.span.finish();
  }
}
