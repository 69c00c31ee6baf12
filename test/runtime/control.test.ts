import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { trace as traceApi } from "@opentelemetry/api";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  disableTracing,
  enableTracing,
  getCurrentActiveSpan,
  init,
  isTracingEnabled,
  type Span,
  startSpan,
  trace,
  withSpan,
} from "../../runtime/index.ts";
import { TraceTimeouts } from "../../runtime/trace-timeouts.ts";
import { asyncCall, sync } from "./emitted.ts";
import { run } from "./programs/program.ts";
import { collector, record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

const names = () => takeSpans().map(({ name }) => name);

test("tracing is turned off and on again, without a change to OpenTelemetry's provider", () => {
  sync(() => {});
  const provider = traceApi.getTracerProvider();
  disableTracing();
  sync(() => {});
  expect([isTracingEnabled(), withSpan((span) => span.isRecording())]).toEqual([false, false]);
  enableTracing();
  sync(() => {});
  expect([isTracingEnabled(), names(), traceApi.getTracerProvider()]).toEqual([true, ["sync", "sync"], provider]);
});

describe("switches", () => {
  test.each([
    ["test/**=off", []],
    ["test/runtime/*.ts=off", []],
    ["./test/**#Emitted.*=off", ["asyncCall"]],
    ["src/**=off", ["sync", "asyncCall"]],
    ["**=off, **/emitted.ts#asyncCall=on", ["asyncCall"]],
    ["**=0", []],
    ["**=0 **=1", ["sync", "asyncCall"]],
    ["tests/**=off,test/runtime=off,test/runtime/?mitted.js=off", ["sync", "asyncCall"]],
  ])("%j leaves %j", async (sites, left) => {
    record({ sites });
    sync(() => {});
    await asyncCall(() => {}, () => null); // biome-ignore format: one call
    expect(names()).toEqual(left);
  });
});

describe("functions among the span processors", () => {
  test("run in order, before anything is kept, and see what those before them did", () => {
    const edits = [
      (span: Span) => void span.setOutputs(`${span.outputs}1`),
      (span: Span) => void span.setOutputs(`${span.outputs}2`),
      (span: Span) => { throw new Error(span.name); }, // biome-ignore format: one call
      (span: Span) => span.setAttribute("seen", span.outputs) && undefined,
    ];
    record({ spanProcessors: [...edits, collector] });
    sync(() => "o");
    const span = takeSpan();
    expect([span.outputs, span.attributes.seen]).toEqual(["o12", "o12"]);
  });

  test("drop a span with false, and keep it with any other value", () => {
    record({ spanProcessors: [(span: Span) => span.name !== "quiet" && "kept", collector] });
    withSpan(() => withSpan(() => {}, { name: "quiet" }), { name: "loud" });
    expect(names()).toEqual(["loud"]);
  });

  test("may end their span", () => {
    record({ spanProcessors: [(span: Span) => span.end({ attributes: { a: 1 } }), collector] });
    sync(() => {});
    expect(takeSpan().attributes.a).toBe(1);
  });

  test.each([[() => {}], [(a: Span, b: unknown) => [a, b]], ["text"]])(
    "are refused without exactly one parameter: %s",
    (given) => {
      expect(() => Reflect.apply(init, null, [{ spanProcessors: [given] }])).toThrow(/one parameter/);
    },
  );
});

test("values at the paths of a mark are hidden from inputs, outputs and chunks", () => {
  const login = trace((user: object) => ({ user, rows: [{ id: 1 }, { id: 2 }] }), {
    redact: ["arg0.name", "user.name", "rows[*].id"],
  });
  const handed = { name: "Ada", id: 3 };
  expect(login(handed).user).toBe(handed);
  expect(handed.name).toBe("Ada");
  const { inputs, outputs } = takeSpan();
  expect(inputs).toEqual({ arg0: { name: "[redacted]", id: 3 } });
  expect(outputs).toEqual({ user: { name: "[redacted]", id: 3 }, rows: [{ id: "[redacted]" }, { id: "[redacted]" }] });
  const items = trace(function* () { yield { id: 1, rest: 2 }; }, { redact: ["id"] }); // biome-ignore format: one call
  expect([...items()]).toEqual([{ id: 1, rest: 2 }]);
  const stream = takeSpan();
  expect([stream.outputs, stream.events[0]?.attributes]).toEqual([
    [{ id: "[redacted]", rest: 2 }],
    { "mlflow.chunk.value": '{"id":"[redacted]","rest":2}' },
  ]);
});

test("the experiment of a trace is its root's, or the process's", () => {
  record({ experimentId: "0" });
  const inner = trace(() => {}, { name: "inner", experimentId: "2" });
  trace(inner, { name: "outer", experimentId: "1" })();
  inner();
  sync(() => {});
  expect(takeSpans().map(({ trace }) => trace.experimentId)).toEqual(["1", "1", "2", "0"]);
});

test("a trace that runs too long is ended, its root as failed, its other spans left alone", () => {
  const timeouts = new TraceTimeouts(1000);
  record({ spanProcessors: [timeouts, collector] });
  const root = startSpan({ name: "root" });
  const child = startSpan({ name: "child", parent: root });
  const soon = performance.now();
  timeouts.expire(soon + 900);
  expect(takeSpans()).toEqual([]);
  timeouts.expire(soon + 1000);
  const ended = takeSpan();
  expect([ended.name, statusOf(ended), ended.events[0]?.name]).toEqual([
    "root",
    `ERROR TraceTimeoutError: Trace ${root.traceId} is timed out after 1 seconds`,
    "exception",
  ]);
  expect(child.isRecording()).toBe(true);
});

test("names in a trace are made unique when the program asks for it", () => {
  record({ uniqueSpanNames: true });
  let late: Span | undefined;
  withSpan((span) => {
    for (const name of ["red", "red", "blue"]) withSpan(() => {}, { name });
    late = startSpan({ name: "red", parent: span });
    expect(takeSpans()).toEqual([]);
  }, { name: "root" }); // biome-ignore format: one call
  expect(names()).toEqual(["red_1", "red_2", "blue", "root"]);
  late?.end();
  expect(names()).toEqual(["red_3"]);
});

test("spans that are held for their names are kept when the process exits before their root ends", () => {
  let names: unknown[] = [];
  const { stderr } = run("named.ts", [], {}, (folder) => {
    const db = new DatabaseSync(join(folder, "own.db"), { readOnly: true });
    names = db.prepare("SELECT name FROM span").all().map(({ name }) => name); // biome-ignore format: one chain
    db.close();
  });
  expect([names, stderr]).toEqual([["red", "red"], ""]);
});

describe("using", () => {
  test("makes a span current until the end of its block", () => {
    const seen: unknown[] = [];
    sync(() => {
      const before = getCurrentActiveSpan();
      {
        using span = startSpan({ name: "block" });
        seen.push(
          getCurrentActiveSpan() === span,
          withSpan(({ parentId }) => parentId === span.spanId),
        );
      }
      seen.push(getCurrentActiveSpan() === before);
    });
    expect(seen).toEqual([true, true, true]);
    expect(names()).toEqual(["span", "block", "sync"]);
  });

  test("without it, a span that is started is not current", () => {
    const span = startSpan();
    expect(getCurrentActiveSpan()).toBe(null);
    span.end();
  });

  test("stays current across the awaits of a traced function, and is seen by nobody else", async () => {
    let leave = () => {};
    const running = asyncCall(
      () => {
        // What `using` does as it declares the variable.
        leave = startSpan({ name: "block" })[Symbol.dispose];
      },
      () => Promise.resolve(),
      () => {
        const name = getCurrentActiveSpan()?.name;
        leave();
        return [name, getCurrentActiveSpan()?.name];
      },
    );
    expect(getCurrentActiveSpan()).toBe(null);
    expect(await running).toEqual(["block", "asyncCall"]);
    expect(getCurrentActiveSpan()).toBe(null);
  });
});

test("what cannot be used is reported once, and nothing is thrown", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  for (const given of [null, 1, { name: 1, startTimeNs: -1, parent: 1, attributes: 1 }]) {
    Reflect.apply(startSpan, null, [given]).end({ endTimeNs: Number.NaN });
    Reflect.apply(withSpan, null, [() => {}, given]);
    Reflect.apply(withSpan, null, [given]);
  }
  expect(takeSpans().length).toBe(6);
  expect(warn.mock.calls.length).toBeLessThanOrEqual(1);
  warn.mockRestore();
});
