/** One call of the `openai` package: its span, from the request to the answer or the end of the stream. */

import type { Context } from "@opentelemetry/api";
import { dataOf, render } from "../capture.ts";
import { Chunks } from "../chunks.ts";
import { configured } from "../configuration.ts";
import { currentContext, runInContext } from "../context.ts";
import { reportInternal } from "../diagnostics.ts";
import { observeOpened } from "../iterators.ts";
import { callInside, Forwarding, type Over, observeMethods } from "../observers.ts";
import { isProxy } from "../platform.ts";
import { readyToTrace, seedOf, startCallSpan } from "../provider.ts";
import { accompany, chain, isPlainPromise, type Outcome, thenOf } from "../results.ts";
import type { CallSpan } from "../span-api.ts";
import { isReadable } from "../span-arguments.ts";
import { call } from "../streams.ts";
import { abandonWith } from "../unfinished.ts";
import { isObject, observeApiPromise } from "./api-promise.ts";
import type { Api } from "./apis.ts";
import type { Assembly } from "./assembly.ts";
import { answerAttributes, failureIn, requestAttributes } from "./usage.ts";

/** A method `create` that makes a span of every call of the original. */
export function tracedCreate(original: object, api: Api): object {
  const seed = seedOf(api.name, api.spanType, undefined);
  const { create } = {
    create(this: unknown, ...args: unknown[]): unknown {
      const span = configured() ? begin(args[0]) : undefined;
      return span === undefined ? call(original, this, args) : new Call(span, api).run(original, this, args);
    },
  };
  Object.defineProperty(create, "length", { value: dataOf(original, "length"), configurable: true });
  return create;

  function begin(body: unknown): CallSpan | undefined {
    try {
      readyToTrace();
      const span = startCallSpan(seed, currentContext(), false);
      span?.setInputs(body);
      span?.setAttributes(requestAttributes(body, api.spanType));
      return span;
    } catch (error) {
      reportInternal(error);
      return undefined;
    }
  }
}

class Call implements Outcome {
  open = true;
  private readonly span: CallSpan;
  private readonly api: Api;

  constructor(span: CallSpan, api: Api) {
    this.span = span;
    this.api = api;
  }

  get context(): Context {
    return this.span.context;
  }

  run(original: object, self: unknown, args: unknown[]): unknown {
    let result: unknown;
    try {
      result = runInContext(this.context, () => call(original, self, args));
    } catch (error) {
      this.rejected(error);
      throw error;
    }
    return this.span.isRecording() ? this.observed(result) : result;
  }

  /** The result itself; what stands for a plain promise, which the package's own clients never return. */
  private observed(result: unknown): unknown {
    try {
      if (!isObject(result)) this.fulfilled(result);
      else if (isPlainPromise(result)) return chain(result, this);
      else if (!observeApiPromise(result, this)) {
        const then = thenOf(result);
        if (then === undefined || !accompany(result, then, this)) this.fulfilled(result);
      }
    } catch (error) {
      reportInternal(error);
    }
    return result;
  }

  fulfilled(answer: unknown): void {
    if (!this.open) return;
    this.open = false;
    try {
      const assembly = this.api.assembly?.();
      if (assembly !== undefined && isObject(answer) && this.streams(answer, assembly)) return;
      this.answered(answer);
      this.span.captureOutputs(render(answer));
    } catch (error) {
      reportInternal(error);
    }
    this.span.finish();
  }

  rejected(reason: unknown): void {
    if (!this.open) return;
    this.open = false;
    this.span.failed(reason);
    this.span.finish();
  }

  unobserved(): void {
    if (!this.open) return;
    this.open = false;
    this.span.setAttribute("spanwright.result.unobserved", true);
    this.span.finish();
  }

  /** Leaves the end of the span to a stream; `false` when the answer is none. */
  private streams(answer: object, assembly: Assembly): boolean {
    if (isProxy(answer) || typeof dataOf(answer, Symbol.asyncIterator) !== "function") return false;
    const chunks = new Chunks(this.span, true);
    chunks.reduceWith(() => {
      const whole = assembly.answer();
      this.answered(whole);
      return whole;
    });
    const reading = new Reading(chunks, assembly, abortSignalOf(answer));
    // What `for await`, `tee()` and `toReadableStream()` all call.
    const source = typeof dataOf(answer, "iterator") === "function" ? "iterator" : Symbol.asyncIterator;
    if (!observeMethods(answer, reading, new Map([[source, openIterator]]))) return false;
    abandonWith(answer, chunks);
    return true;
  }

  /** Notes what an answer says of itself. */
  private answered(answer: unknown): void {
    this.span.setAttributes(answerAttributes(answer));
    const failure = failureIn(answer);
    if (failure !== undefined) this.span.setStatus("ERROR", failure);
  }
}

const openIterator: Over = (observers, method, self, args) => {
  const iterator = callInside(observers, method, self, args);
  observeOpened(iterator, observers);
  return iterator;
};

/** Puts the events of a stream together as they are read. */
class Reading extends Forwarding {
  private readonly chunks: Chunks;
  private readonly assembly: Assembly;
  private readonly signal: AbortSignal | undefined;

  constructor(chunks: Chunks, assembly: Assembly, signal: AbortSignal | undefined) {
    super(chunks);
    this.chunks = chunks;
    this.assembly = assembly;
    this.signal = signal;
  }

  override add(event: unknown): void {
    try {
      this.assembly.add(event);
    } catch (error) {
      reportInternal(error);
    }
    super.add(event);
  }

  /** A stream that was aborted ends as one that is over. */
  override finish(): void {
    if (this.signal?.aborted === true) this.chunks.span.setAttribute("spanwright.stream.aborted", true);
    super.finish();
  }
}

/** The signal by which a stream of the package is aborted. */
function abortSignalOf(stream: object): AbortSignal | undefined {
  const controller = dataOf(stream, "controller");
  return isReadable(controller) && controller instanceof AbortController ? controller.signal : undefined;
}
