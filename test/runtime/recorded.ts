/** Collects the spans that end, in the order of their end, through a span processor. */

import { type InitOptions, init, type Span, type SpanProcessor } from "../../runtime/index.ts";
import { RecordedSpan } from "../../runtime/span.ts";

const ended: RecordedSpan[] = [];

/** Takes the spans that end. */
export const collector: SpanProcessor = {
  onStart() {},
  onEnd(span) {
    if (span instanceof RecordedSpan) ended.push(span);
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** Records into memory, with the options given. */
export function record(options: InitOptions = {}): void {
  init({ store: false, spanProcessors: [collector], ...options });
  ended.length = 0;
}

/** The spans that ended since the last call of this or of {@link record}. */
export function takeSpans(): RecordedSpan[] {
  return ended.splice(0);
}

/** The one span that ended. */
export function takeSpan(): RecordedSpan {
  const spans = takeSpans();
  if (spans.length !== 1 || spans[0] === undefined) throw new Error(`${spans.length} spans ended`);
  return spans[0];
}

/** A span's status by name, with its message. */
export function statusOf(span: Span): string {
  const { code, message } = span instanceof RecordedSpan ? span.status : { code: -1, message: undefined };
  return `${["UNSET", "OK", "ERROR"][code]}${message === undefined ? "" : ` ${message}`}`;
}
