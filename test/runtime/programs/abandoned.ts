/** Drops what spans wait for, and prints the spans that end; the case is the first argument. */

import { init } from "../../../runtime/index.ts";
import { RecordedSpan } from "../../../runtime/span.ts";
import { asyncDelegating, generate, stream, sync } from "../emitted.ts";

const done = () => Promise.resolve();
const ended: string[] = [];
init({
  store: false,
  spanProcessors: [{ onStart() {}, onEnd: note, forceFlush: done, shutdown: done }],
});

function note(span: object): void {
  if (!(span instanceof RecordedSpan)) return;
  ended.push(span.name);
  const { name, outputs, attributes, status } = span;
  const marks = Object.keys(attributes).filter((key) => key.startsWith("spanwright."));
  console.log(JSON.stringify({ name, outputs, marks, code: status.code }));
}

class Query {
  // biome-ignore lint/suspicious/noThenProperty: a lazy query is one.
  then(): void {}
}

const cases: Record<string, () => unknown> = {
  generator: () => generate([1, 2]).next(),
  "async generator": () => stream([1, 2]).next(),
  "delegating async generator": () => asyncDelegating(generate([1, 2])).next(),
  "returned generator": () => sync(() => untraced()).next(),
  "returned generator, never begun": () => void sync(() => untraced()),
  "returned array iterator": () => sync(() => [1, 2].values()).next(),
  "returned stream": () => void sync(() => new ReadableStream()),
  thenable: () => void sync(() => new Query()),
};

function* untraced() {
  yield 1;
  yield 2;
}

await cases[process.argv[2] ?? ""]?.();
if (process.argv[3] === "collected") {
  // Objects are kept for a second; after that it is the collector's time.
  for (let tries = 0; ended.length === 0 && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc?.();
  }
  console.log(JSON.stringify("alive"));
}
