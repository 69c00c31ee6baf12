import { EventEmitter } from "node:events";
import { context, createContextKey, ROOT_CONTEXT, SpanStatusCode, trace } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { BatchSpanProcessor, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { beforeEach, describe, expect, test } from "vitest";
import { flushTraces, getCurrentActiveSpan, init, withSpan } from "../../runtime/index.ts";
import { leaf, sync } from "./emitted.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

beforeEach(() => record());

describe("without another provider, OpenTelemetry's API", () => {
  test("sees the span of a traced call as the active one", () => {
    const active = sync(() => trace.getActiveSpan());
    expect(takeSpan()).toBe(active);
  });

  test("makes spans that land in the trace of the traced call, and are its children's parents", () => {
    sync(() => trace.getTracer("http", "1.0").startActiveSpan("GET", (span) => {
      leaf(1, 2);
      span.end();
    })); // biome-ignore format: one nest
    const [inner, request, outer] = takeSpans();
    expect([inner?.parentId, request?.parentId]).toEqual([request?.spanId, outer?.spanId]);
    expect(new Set([inner, request, outer].map((span) => span?.traceId)).size).toBe(1);
    expect(request?.instrumentationScope).toEqual({ name: "http", version: "1.0" });
  });

  test("makes spans whose status stays as their library left it", () => {
    const span = trace.getTracer("http").startSpan("GET", { attributes: { a: 1 } });
    span.recordException(new Error("x"));
    span.end();
    const done = takeSpan();
    expect([statusOf(done), done.attributes, done.events.length]).toEqual(["UNSET", { a: 1 }, 1]);
  });

  test("takes exceptions in its own form, an object with a name, a message and a stack", () => {
    const span = withSpan(() => trace.getTracer("http").startSpan("GET"));
    takeSpans();
    span.recordException({ name: "TimeoutError", message: "too late", stack: "TimeoutError: too late\n    at here" });
    span.recordException({ name: "AbortError", message: "left" });
    span.end();
    const [first, second] = takeSpan().events.map(({ attributes }) => attributes);
    expect(first).toEqual({ "exception.type": "TimeoutError", "exception.message": "too late", "exception.stacktrace": "TimeoutError: too late\n    at here" }); // biome-ignore format: one value
    expect([second?.["exception.type"], second?.["exception.message"]]).toEqual(["AbortError", "left"]);
  });

  test("continues the trace of a remote parent", () => {
    const remote = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", traceFlags: 1, isRemote: true }; // biome-ignore format: one value
    context.with(trace.setSpanContext(ROOT_CONTEXT, remote), () => leaf(1, 2));
    const span = takeSpan();
    expect([span.traceId, span.parentId, span.parentSpanContext?.isRemote]).toEqual([remote.traceId, remote.spanId, true]); // biome-ignore format: one call
  });

  test("keeps values of the context around traced calls", () => {
    const key = createContextKey("tenant");
    const seen = context.with(ROOT_CONTEXT.setValue(key, "t1"), () => sync(() => sync(() => context.active().getValue(key)))); // biome-ignore format: one call
    expect(seen).toBe("t1");
  });

  test("can ask for silence", () => {
    const result = context.with(suppressTracing(context.active()), () => leaf(1, 2));
    trace.getTracer("http").startSpan("silent", {}, suppressTracing(ROOT_CONTEXT)).end();
    expect([result, takeSpans()]).toEqual([3, []]);
  });

  test("binds functions and emitters to a context", () => {
    const emitter = new EventEmitter();
    const seen: unknown[] = [];
    const listener = () => seen.push(getCurrentActiveSpan()?.name);
    const bound = withSpan(() => {
      context.bind(context.active(), emitter);
      return context.bind(context.active(), listener);
    });
    emitter.on("a", listener).once("b", listener);
    emitter.emit("a");
    emitter.emit("b");
    emitter.off("a", listener).emit("a");
    bound();
    expect([seen, getCurrentActiveSpan()]).toEqual([["span", "span", "span"], null]);
  });
});

describe("OpenTelemetry's processors and exporters take our spans", () => {
  test.each([
    ["BatchSpanProcessor", BatchSpanProcessor],
    ["SimpleSpanProcessor", SimpleSpanProcessor],
  ])("%s", async (_, Processor) => {
    const exporter = new InMemorySpanExporter();
    init({ store: false, spanProcessors: [new Processor(exporter)] });
    expect(() => sync(() => {
      leaf(1, 2);
      throw new Error("x");
    })).toThrow("x"); // biome-ignore format: one nest
    await flushTraces();
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner).toMatchObject({ name: "leaf", status: { code: SpanStatusCode.OK }, ended: true });
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(outer).toMatchObject({ status: { code: SpanStatusCode.ERROR, message: "Error: x" } });
    expect(outer?.events[0]).toMatchObject({ name: "exception", attributes: { "exception.message": "x" } });
    expect(outer?.resource.attributes).toHaveProperty(["service.name"]);
    const [seconds, nanos] = inner?.duration ?? [-1, -1];
    expect(seconds >= 0 && nanos >= 0 && nanos < 1e9).toBe(true);
  });

  test("and a processor that throws disturbs nobody", () => {
    const broken = () => {
      throw new Error("broken");
    };
    init({ store: false, spanProcessors: [{ onStart: broken, onEnd: broken, forceFlush: broken, shutdown: broken }] });
    expect(leaf(1, 2)).toBe(3);
  });
});
