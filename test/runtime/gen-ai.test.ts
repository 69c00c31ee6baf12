import { type Attributes, trace } from "@opentelemetry/api";
import { beforeEach, expect, test } from "vitest";
import { withSpan } from "../../runtime/index.ts";
import type { RecordedSpan } from "../../runtime/span.ts";
import { record, takeSpans } from "./recorded.ts";

beforeEach(() => record());

/** A span of a library, in a trace of ours. */
function spanWith(attributes: Attributes): RecordedSpan {
  withSpan(() => trace.getTracer("a library").startSpan("call", { attributes }).end());
  const [span] = takeSpans();
  if (span === undefined) throw new Error("no span ended");
  return span;
}

test("a span in the words of OpenTelemetry's conventions for generative AI has MLflow's parts too", () => {
  const messages = [{ role: "user", parts: [{ type: "text", content: "hi" }] }];
  const span = spanWith({
    "gen_ai.operation.name": "chat",
    "gen_ai.input.messages": JSON.stringify(messages),
    "gen_ai.output.messages": "no JSON",
    "gen_ai.usage.input_tokens": 9,
    "gen_ai.usage.output_tokens": 3,
  });
  expect([span.spanType, span.inputs, span.outputs]).toEqual(["CHAT_MODEL", messages, "no JSON"]);
  expect(span.attributes).toMatchObject({
    "gen_ai.operation.name": "chat",
    "mlflow.chat.tokenUsage": '{"input_tokens":9,"output_tokens":3,"total_tokens":12}',
  });
});

test.each([
  ["execute_tool", "TOOL"],
  ["invoke_agent", "AGENT"],
  ["embeddings", "EMBEDDING"],
  ["text_completion", "LLM"],
  ["something new", "UNKNOWN"],
  ["toString", "UNKNOWN"],
])("the operation %s is of the type %s", (operation, type) => {
  expect(spanWith({ "gen_ai.operation.name": operation }).spanType).toBe(type);
});

test("what a span says in MLflow's words stays", () => {
  const span = spanWith({
    "gen_ai.operation.name": "chat",
    "gen_ai.usage.input_tokens": 9,
    "mlflow.chat.tokenUsage": '{"input_tokens":1}',
  });
  expect(span.attributes["mlflow.chat.tokenUsage"]).toBe('{"input_tokens":1}');
});

test("any other span of a library stays as it is", () => {
  expect(spanWith({ "http.route": "/" }).attributes).toEqual({ "http.route": "/" });
});
