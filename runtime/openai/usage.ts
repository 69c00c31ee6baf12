/** What a request and its answer say in MLflow's attributes. */

import { dataOf } from "../capture.ts";
import { isReadable } from "../span-arguments.ts";
import { type TokenUsage, USAGE_ATTRIBUTE } from "../token-usage.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** Parts of a request that the inputs alone show. */
const IN_INPUTS_ONLY: ReadonlySet<string> = new Set(["messages", "input", "tools"]);

/** Attributes of a request: its parameters, and the tools as MLflow keeps them. */
export function requestAttributes(body: unknown, spanType: string): Attributes {
  const attributes: Record<string, unknown> = {};
  if (spanType === "CHAT_MODEL") attributes["mlflow.message.format"] = "openai";
  if (!isReadable(body)) return attributes;
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(body))) {
    if (!IN_INPUTS_ONLY.has(key)) attributes[key] = value;
  }
  const tools = dataOf(body, "tools");
  if (isReadable(tools) && Array.isArray(tools)) attributes["mlflow.chat.tools"] = tools.map(toolOf);
  return attributes;
}

/** A tool in the form of chat completions; of responses, functions are described one level up. */
function toolOf(tool: unknown): unknown {
  if (!isReadable(tool) || dataOf(tool, "function") !== undefined) return tool;
  const { type, ...rest } = Object.fromEntries(
    Object.entries(Object.getOwnPropertyDescriptors(tool)).map(([key, { value }]) => [key, value]),
  );
  return { type: "function", function: type === "function" ? rest : { name: type } };
}

/** Attributes of an answer: the tokens it took. */
export function answerAttributes(answer: unknown): Attributes {
  const usage = isReadable(answer) ? dataOf(answer, "usage") : undefined;
  if (!isReadable(usage)) return {};
  const input = count(usage, "input_tokens", "prompt_tokens");
  const output = count(usage, "output_tokens", "completion_tokens");
  const tokens: TokenUsage = {
    input_tokens: input,
    output_tokens: output,
    total_tokens: count(usage, "total_tokens") || input + output,
  };
  return { [USAGE_ATTRIBUTE]: tokens };
}

/** Why an answer that came is none, as a response says it. */
export function failureIn(answer: unknown): string | undefined {
  if (!isReadable(answer) || dataOf(answer, "status") !== "failed") return undefined;
  const error = dataOf(answer, "error");
  const message = isReadable(error) ? dataOf(error, "message") : undefined;
  return typeof message === "string" ? message : "the response failed";
}

function count(usage: object, ...names: readonly string[]): number {
  return names.map((name) => dataOf(usage, name)).find((value) => typeof value === "number") ?? 0;
}
