/**
 * Spans that other libraries make of calls of models, agents and tools, in the words of OpenTelemetry's conventions
 * for generative AI, are told in MLflow's too. Only what a span does not say in MLflow's already is added.
 * Format: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/
 */

import type { Attributes, AttributeValue } from "@opentelemetry/api";
import { SpanType } from "./span-api.ts";
import { type TokenUsage, USAGE_ATTRIBUTE } from "./token-usage.ts";

/** What such a span says. */
export interface GenAiCall {
  readonly spanType: SpanType | undefined;
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly usage: TokenUsage | undefined;
}

const OPERATION = "gen_ai.operation.name";

/** As MLflow's server reads them. */
const TYPES: Readonly<Record<string, SpanType>> = {
  chat: SpanType.CHAT_MODEL,
  create_agent: SpanType.AGENT,
  embeddings: SpanType.EMBEDDING,
  execute_tool: SpanType.TOOL,
  generate_content: SpanType.LLM,
  invoke_agent: SpanType.AGENT,
  response: SpanType.LLM,
  text_completion: SpanType.LLM,
};

/** Reads a span's attributes; `undefined`: it is another kind of span. */
export function genAiCallOf(attributes: Attributes): GenAiCall | undefined {
  const operation = attributes[OPERATION];
  if (typeof operation !== "string") return undefined;
  return {
    spanType: Object.hasOwn(TYPES, operation) ? TYPES[operation] : undefined,
    inputs: parsedValue(attributes["gen_ai.input.messages"] ?? attributes["gen_ai.tool.call.arguments"]),
    outputs: parsedValue(attributes["gen_ai.output.messages"] ?? attributes["gen_ai.tool.call.result"]),
    usage: USAGE_ATTRIBUTE in attributes ? undefined : usageOf(attributes),
  };
}

function usageOf(attributes: Attributes): TokenUsage | undefined {
  const input = attributes["gen_ai.usage.input_tokens"];
  const output = attributes["gen_ai.usage.output_tokens"];
  if (typeof input !== "number" && typeof output !== "number") return undefined;
  const counts = { input_tokens: numberOr0(input), output_tokens: numberOr0(output) };
  return { ...counts, total_tokens: counts.input_tokens + counts.output_tokens };
}

function numberOr0(count: AttributeValue | undefined): number {
  return typeof count === "number" ? count : 0;
}

/** Attributes hold what is no text as its JSON. */
function parsedValue(attribute: AttributeValue | undefined): unknown {
  if (typeof attribute !== "string") return attribute;
  try {
    return JSON.parse(attribute);
  } catch {
    return attribute;
  }
}
