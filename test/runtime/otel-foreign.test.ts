import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import OpenAI from "openai";
import { beforeEach, describe, expect, test } from "vitest";
import { getCurrentActiveSpan, init, updateCurrentTrace, withSpan } from "../../runtime/index.ts";
import { tracingHandler } from "../../runtime/langchain.ts";
import { autolog } from "../../runtime/openai.ts";
import { recordTraces } from "../../runtime/testing.ts";
import { asyncCall, generate, leaf, sync } from "./emitted.ts";

const exporter = new InMemorySpanExporter();
const processor = new SimpleSpanProcessor(exporter);
const provider = new BasicTracerProvider({ spanProcessors: [processor] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(provider);
init({ enabled: true });

async function exported() {
  await processor.forceFlush();
  return exporter.getFinishedSpans();
}

beforeEach(() => exporter.reset());

describe("where the program has a provider of its own", () => {
  test("its spans are those of traced calls, with MLflow's attributes", async () => {
    leaf(1, 2);
    const [span] = await exported();
    expect(span?.constructor.name).toBe("SpanImpl");
    expect(span).toMatchObject({
      name: "leaf",
      status: { code: SpanStatusCode.OK },
      attributes: {
        "mlflow.spanInputs": '{"a":1,"b":2}',
        "mlflow.spanOutputs": "3",
        "mlflow.spanType": "UNKNOWN",
        "code.function.name": "leaf",
      },
    });
  });

  test("traced calls and its own spans are parents of each other", async () => {
    const tracer = trace.getTracer("http");
    await tracer.startActiveSpan("request", async (request) => {
      await asyncCall(() => {}, () => null, () => tracer.startActiveSpan("query", (query) => query.end())); // biome-ignore format: one call
      request.end();
    });
    const [query, call, request] = await exported();
    expect([query?.parentSpanContext?.spanId, call?.parentSpanContext?.spanId]).toEqual([
      call?.spanContext().spanId,
      request?.spanContext().spanId,
    ]);
  });

  test("exceptions, chunks and the span API reach its spans", async () => {
    expect(() => sync(() => {
      getCurrentActiveSpan()?.setAttribute("k", { a: 1 }).addEvent({ name: "e" });
      updateCurrentTrace({ tags: { t: "1" } });
      throw new Error("x");
    })).toThrow("x"); // biome-ignore format: one nest
    expect([...generate([1])]).toEqual([1]);
    const [failed, stream] = await exported();
    expect(failed?.attributes).toMatchObject({ k: '{"a":1}', "spanwright.trace.tags.t": "1" });
    expect(failed?.events.map((event) => event.name)).toEqual(["e", "exception"]);
    expect(failed?.status).toEqual({ code: SpanStatusCode.ERROR, message: "Error: x" });
    expect(stream?.events.map((event) => event.name)).toEqual(["mlflow.chunk.item.0"]);
    expect(stream?.attributes["mlflow.spanOutputs"]).toBe("[1]");
  });

  test("its active span takes MLflow's methods", async () => {
    trace.getTracer("http").startActiveSpan("request", (span) => {
      getCurrentActiveSpan()?.setInputs({ q: 1 });
      span.end();
    });
    expect((await exported())[0]?.attributes).toEqual({ "mlflow.spanInputs": '{"q":1}' });
  });

  test("it makes the spans of autolog and of the LangChain handler too", async () => {
    const fetch = async () => Response.json({ id: "1", object: "chat.completion", choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 } }); // biome-ignore format: one answer
    const client = new OpenAI({ apiKey: "none", fetch });
    autolog(client);
    await client.chat.completions.create({ model: "m", messages: [] });
    const handler = tracingHandler();
    handler.handleToolStart({}, "in", "1", undefined, [], {}, "tool");
    handler.handleToolEnd("out", "1");
    const [call, tool] = await exported();
    expect([call?.name, call?.attributes["mlflow.chat.tokenUsage"]]).toEqual(["Completions", '{"input_tokens":1,"output_tokens":2,"total_tokens":3}']); // biome-ignore format: one list
    expect([tool?.name, tool?.attributes["mlflow.spanOutputs"]]).toEqual(["tool", '"out"']);
  });

  test("its spans cannot be recorded by recordTraces, which says so", () => {
    expect(() => recordTraces(() => leaf(1, 2))).toThrow("SW2151");
  });

  test("the span is current inside only", async () => {
    const places: unknown[] = [];
    const here = () => places.push(trace.getActiveSpan() !== undefined);
    const running = asyncCall(here, () => null, here);
    here();
    await running;
    withSpan(here);
    here();
    expect(places).toEqual([true, false, true, true, false]);
  });
});
