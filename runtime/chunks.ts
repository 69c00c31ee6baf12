/** What a stream yielded: an event a chunk, and at the end the outputs they make together. */

import type { Context } from "@opentelemetry/api";
import { limits, render } from "./capture.ts";
import { reasonOf, report } from "./diagnostics.ts";
import type { StreamObserver } from "./observers.ts";
import type { CallSpan } from "./span-api.ts";
import { abandonWith, settledBefore, type Waiting } from "./unfinished.ts";

/** Makes a stream's outputs of its items, in order. */
// biome-ignore lint/suspicious/noExplicitAny: a reducer declares its own item type.
export type OutputReducer = (items: any[]) => unknown;

/** Items of one stream that are kept; set by `init`. */
export const chunkLimit = { items: 1000 };

/** JSON text kept of one stream, in multiples of what one value may have. */
const TOTAL_FACTOR = 8;

/** The chunks of one stream, whose end is the end of its span. */
export class Chunks implements Waiting, StreamObserver {
  readonly span: CallSpan;
  open = true;
  private captures: boolean;
  private reducer: OutputReducer | undefined;
  private items: unknown[] | undefined;
  private readonly texts: string[] = [];
  private units = 0;
  private dropped = 0;
  private unseen = false;

  /** @param captures whether chunks and outputs are captured at all */
  constructor(span: CallSpan, captures: boolean) {
    this.span = span;
    this.captures = captures;
  }

  /** Takes the function that makes the outputs; items are kept for it from now on. */
  reduceWith(reducer: OutputReducer): void {
    this.reducer = reducer;
    this.items = [];
  }

  /** Captures no items and no outputs after all; before the first item. */
  mute(): void {
    this.captures = false;
  }

  get context(): Context {
    return this.span.context;
  }

  /** From now on the stream goes on as long as another object. */
  begin(holder: object): void {
    abandonWith(holder, this);
  }

  /** Items of the stream go where nobody sees them. */
  blind(): void {
    this.unseen = true;
  }

  /** Records an item. */
  add(item: unknown): void {
    if (!this.captures || !this.open) return;
    if (this.texts.length >= chunkLimit.items || this.units >= limits.maxTotal * TOTAL_FACTOR) {
      this.dropped += 1;
      return;
    }
    const json = render(item);
    this.units += json.length;
    this.items?.push(item);
    this.texts.push(this.span.captureChunk(this.texts.length, json));
  }

  /** The stream is over; its span ends. */
  finish(): void {
    if (!this.open) return;
    // The reducer is the program's code: it may well come back here.
    this.open = false;
    settledBefore(this);
    if (this.dropped > 0) this.span.setAttribute("spanwright.stream.dropped", this.dropped);
    if (this.unseen) this.span.setAttribute("spanwright.stream.unseen", true);
    if (this.captures && !(this.unseen && this.texts.length === 0)) {
      this.span.captureOutputs(this.reduced() ?? this.list());
    }
    this.span.finish();
  }

  leave(): void {
    this.finish();
  }

  /** The stream threw; what came before stays. */
  fail(thrown: unknown): void {
    if (this.open) this.span.failed(thrown);
    this.finish();
  }

  /** The stream is not the call's result any more. */
  cancel(): void {
    this.open = false;
    settledBefore(this);
  }

  abandon(): void {
    this.span.setAttribute("spanwright.stream.abandoned", true);
    this.finish();
  }

  private list(): string {
    return `[${this.texts.join(",")}]`;
  }

  private reduced(): string | undefined {
    if (this.reducer === undefined || this.items === undefined) return undefined;
    try {
      return render(this.reducer(this.items));
    } catch (error) {
      report(
        "SW2104",
        `the outputReducer of ${this.span.name} threw: ${reasonOf(error)}; the span keeps the list of items`,
        "Make the reducer take any list of items, the empty one too.",
      );
      return undefined;
    }
  }
}

/** Says that a function has a reducer and returned nothing it could reduce. */
export function reportUnusedReducer(place: string): void {
  report(
    "SW2109",
    `outputReducer in ${place} has no effect: the function returned no generator, iterator or stream`,
    "Remove it, or set the outputs with getCurrentActiveSpan()?.setOutputs(...).",
  );
}
