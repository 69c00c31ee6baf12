import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";
import * as api from "../../runtime/index.ts";
import { recordIntoStore } from "../client/recorded-store.ts";
import { record } from "./recorded.ts";

beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => {}));

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const HOSTILE: Readonly<Record<string, unknown>> = {
  "revoked proxy": revoked.proxy,
  "throwing proxy": new Proxy({}, { get() { throw new Error("get"); }, ownKeys() { throw new Error("ownKeys"); } }), // biome-ignore format: one value
  "throwing getter": Object.defineProperty({}, "name", { enumerable: true, get() { throw new Error("getter"); } }), // biome-ignore format: one value
  "throwing toString": { toString() { throw new Error("toString"); } }, // biome-ignore format: one value
};

/** Stands for a hostile value, which fast-check itself could not handle. */
class Stand {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

const hostile = fc.constantFrom(...Object.keys(HOSTILE).map((name) => new Stand(name)), Symbol("s"));

/** An argument with the hostile values in place of what stands for them, options' values included. */
function real(given: unknown): unknown {
  if (given instanceof Stand) return HOSTILE[given.name];
  if (typeof given !== "object" || given === null || Object.getPrototypeOf(given) !== Object.prototype) return given;
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [key, value instanceof Stand ? HOSTILE[value.name] : value]),
  );
}

const callback = fc.constantFrom<unknown>(() => 1, async () => 2, function* () { yield 3; }); // biome-ignore format: one list

const anything = fc.oneof(
  fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  hostile,
  callback,
  // Objects with the names of options, so that what stands behind them is reached.
  fc.dictionary(
    fc.constantFrom("name", "spanType", "attributes", "inputs", "parent", "startTimeNs", "tags", "metadata", "state", "traceId", "parentId", "spanId", "value", "error", "source", "filterString", "orderBy", "maxResults", "pageToken", "traceIds", "maxTimestampMillis", "experimentId", "redact", "samplingRatio", "root", "outputs", "outputReducer", "traceparent", "info", "data", "enabled", "sessionId", "context", "code", "message", "timestamp", "status", "endTimeNs"), // biome-ignore format: one list
    fc.oneof(fc.anything(), hostile),
    { noNullPrototype: true },
  ),
);
const args = fc.array(anything, { maxLength: 3 });

/** Settles what a call gave; what it threw or rejected with, if anything. */
async function trouble(call: () => unknown): Promise<unknown> {
  try {
    const result = call();
    if (result instanceof Promise) await result;
    return undefined;
  } catch (error) {
    return error;
  }
}

const ERRORS = new Set(["SpanwrightError", "TracingError"]);
const functions = Object.entries(api).flatMap(([name, value]): [string, (...given: unknown[]) => unknown][] =>
  typeof value === "function" && !ERRORS.has(name) && !/Client$/.test(name)
    ? [[name, (...given) => Reflect.apply(value, undefined, given)]]
    : [],
);

/** Calls that may refuse what they are given, with a typed error. */
const REFUSING = /^(?:init|getTrace|searchTraces|deleteTraces|setTraceTag|deleteTraceTag|addTrace|logFeedback|logExpectation|overrideFeedback|getAssessment|deleteAssessment)$/; // biome-ignore format: one expression

describe("takes any arguments without an error of its own", () => {
  test.each(functions)("%s", async (name, call) => {
    recordIntoStore();
    await fc.assert(
      fc.asyncProperty(args, async (given) => {
        const thrown = await trouble(() => call(...given.map(real)));
        if (REFUSING.test(name) && thrown instanceof api.SpanwrightError) return;
        expect(thrown).toBe(undefined);
      }),
      { numRuns: 100 },
    );
  });

  const methods = ["startTrace", "startSpan", "endSpan", "endTrace", "getTraceInfo"] as const;
  test.each(methods)("Client.%s", async (method) => {
    recordIntoStore();
    const client = new api.Client();
    await fc.assert(
      fc.asyncProperty(args, async (given) => {
        const thrown = await trouble(() => Reflect.apply(client[method], client, given.map(real)));
        if (thrown !== undefined) expect(thrown).toBeInstanceOf(api.TracingError);
      }),
      { numRuns: 100 },
    );
  });

  const spanMethods = ["setInputs", "setOutputs", "setSpanType", "setAttribute", "setAttributes", "setStatus", "addEvent", "recordException", "addLink", "addLinks", "updateName", "end"] as const; // biome-ignore format: one list
  test.each(spanMethods)("Span.%s", async (method) => {
    record();
    await fc.assert(
      fc.asyncProperty(args, async (given) => {
        const span = api.startSpan();
        expect(await trouble(() => Reflect.apply(span[method], span, given.map(real)))).toBe(undefined);
        span.end();
      }),
      { numRuns: 100 },
    );
  });
});
