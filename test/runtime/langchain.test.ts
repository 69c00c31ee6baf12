import { beforeEach, expect, test } from "vitest";
import { withSpan } from "../../runtime/index.ts";
import { tracingHandler } from "../../runtime/langchain.ts";
import { record, statusOf, takeSpan, takeSpans } from "./recorded.ts";

/** What LangChain does with it is tested in test/integrations; here is what its programs seldom do. */
const handler = tracingHandler();
const component = (name: string) => ({ lc: 1, type: "not_implemented", id: ["langchain", "kind", name] });

beforeEach(() => record());

test("a run is a span below the run that started it, and the first below the current span", () => {
  withSpan(
    () => {
      handler.handleChainStart(component("Chain"), { q: "hi" }, "1", undefined, [], {}, undefined, "My chain");
      handler.handleToolStart(component("Tool"), '{"city":"Paris"}', "2", "1", [], {}, "weather");
      handler.handleRetrieverStart(component("Retriever"), "Paris", "3", "2");
      handler.handleRetrieverEnd([{ pageContent: "text", metadata: { page: 1 } }], "3");
      handler.handleToolEnd("sunny", "2");
      handler.handleChainEnd({ answer: "sunny" }, "1");
    },
    { name: "ask" },
  );
  const spans = takeSpans();
  const nameOf = (id: string | undefined) => spans.find(({ spanId }) => spanId === id)?.name;
  expect(spans.map((span) => [span.name, span.spanType, nameOf(span.parentId), span.inputs, span.outputs])).toEqual([
    ["Retriever", "RETRIEVER", "weather", "Paris", [{ pageContent: "text", metadata: { page: 1 } }]],
    ["weather", "TOOL", "My chain", '{"city":"Paris"}', "sunny"],
    ["My chain", "CHAIN", "ask", { q: "hi" }, { answer: "sunny" }],
    ["ask", "UNKNOWN", undefined, undefined, undefined],
  ]);
});

test("a run that fails is an error with its exception", () => {
  handler.handleLLMStart(component("LLM"), ["hi"], "1");
  handler.handleLLMError(new RangeError("too long"), "1");
  const span = takeSpan();
  expect([span.spanType, span.inputs, statusOf(span)]).toEqual(["LLM", "hi", "ERROR RangeError: too long"]);
});

test("the tokens of a streaming model are chunks", () => {
  handler.handleLLMStart(component("LLM"), ["hi"], "1");
  for (const token of ["Hel", "lo"]) handler.handleLLMNewToken(token, { prompt: 0, completion: 0 }, "1");
  handler.handleLLMEnd({ generations: [[{ text: "Hello" }]] }, "1");
  const span = takeSpan();
  expect([span.outputs, span.events.map(({ name, attributes }) => [name, attributes["mlflow.chunk.value"]])]).toEqual([
    "Hello",
    [
      ["mlflow.chunk.item.0", '"Hel"'],
      ["mlflow.chunk.item.1", '"lo"'],
    ],
  ]);
});

test("values that contain themselves, throw or are proxies disturb nobody", () => {
  const loop: Record<string, unknown> = { name: "loop" };
  loop.self = loop;
  const hostile = { loop, proxy: new Proxy({}, { get: () => { throw new Error("get"); } }), get part() { throw new Error("part"); } }; // biome-ignore format: one object
  handler.handleChainStart(hostile, hostile, "1");
  handler.handleChainEnd(hostile, "1");
  const span = takeSpan();
  expect(span.inputs).toMatchObject({ loop: { name: "loop" }, proxy: "[Proxy]" });
  expect(span.outputs).toEqual(span.inputs);
});

test("a run that is not known ends nothing, and one of an unknown kind is named by its type", () => {
  handler.handleChainEnd({}, "unknown");
  handler.handleLLMNewToken("x", {}, "unknown");
  handler.handleChainStart(undefined, undefined, "1", "unknown");
  handler.handleChainEnd(undefined, "1");
  expect(takeSpan().name).toBe("chain");
});
