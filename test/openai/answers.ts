/**
 * What OpenAI's API answers, by the name of the model.
 * Format: https://platform.openai.com/docs/api-reference
 */

import type { Api, Asked } from "../model-server.ts";

/** By their paths. */
export const OPENAI_APIS: Readonly<Record<string, Api>> = {
  "/v1/chat/completions": { whole: completion, events: chunks },
  "/v1/responses": { whole: wholeResponse, events: responseEvents },
  "/v1/embeddings": { whole: embeddings },
};

export const WORDS = ["Hel", "lo", "!"];
const USAGE = { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 };
const TOOL_CALL = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Paris"}' } };

function completion({ model }: Asked["body"]): object {
  const message =
    model === "tools"
      ? { role: "assistant", content: null, refusal: null, tool_calls: [TOOL_CALL] }
      : { role: "assistant", content: model === "parsed" ? '{"answer":42}' : WORDS.join(""), refusal: null };
  const choice = { index: 0, message, logprobs: null, finish_reason: model === "tools" ? "tool_calls" : "stop" };
  return { id: "chatcmpl-1", object: "chat.completion", created: 1, model, choices: [choice], usage: USAGE };
}

function chunks({ model, stream_options }: Asked["body"]): object[] {
  const chunk = (delta: object, finish: string | null = null) => ({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1,
    model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
  });
  const call = (piece: object) => chunk({ tool_calls: [{ index: 0, ...piece }] });
  const pieces =
    model === "tools"
      ? [
          call({ id: "call_1", type: "function", function: { name: "weather", arguments: "" } }),
          call({ function: { arguments: '{"city":' } }),
          call({ function: { arguments: '"Paris"}' } }),
          chunk({}, "tool_calls"),
        ]
      : [...WORDS.map((content) => chunk({ content })), chunk({}, "stop")];
  const first = chunk({ role: "assistant", content: model === "tools" ? null : "", refusal: null });
  const usage = { id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model, choices: [], usage: USAGE };
  return [first, ...pieces, ...(stream_options === undefined ? [] : [usage])];
}

const RESPONSE_USAGE = {
  input_tokens: 9,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: 3,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: 12,
};

function wholeResponse({ model }: Asked["body"]): object {
  const failed = model === "fails";
  return {
    id: "resp_1",
    object: "response",
    created_at: 1,
    status: failed ? "failed" : "completed",
    error: failed ? { code: "server_error", message: "out of order" } : null,
    incomplete_details: null,
    model,
    output: failed ? [] : [message("completed", WORDS.join(""))],
    parallel_tool_calls: true,
    tools: [],
    usage: failed ? null : RESPONSE_USAGE,
  };
}

function message(status: string, text: string): object {
  const content = text === "" ? [] : [{ type: "output_text", text, annotations: [] }];
  return { id: "msg_1", type: "message", role: "assistant", status, content };
}

function responseEvents(body: Asked["body"]): object[] {
  const whole = wholeResponse(body);
  const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
  const events = [
    { type: "response.created", response: { ...whole, status: "in_progress", output: [], usage: null } },
    { type: "response.output_item.added", output_index: 0, item: message("in_progress", "") },
    { type: "response.content_part.added", ...place, part: { type: "output_text", text: "", annotations: [] } },
    ...WORDS.map((delta) => ({ type: "response.output_text.delta", ...place, delta, logprobs: [] })),
    { type: "response.output_text.done", ...place, text: WORDS.join(""), logprobs: [] },
    {
      type: "response.content_part.done",
      ...place,
      part: { type: "output_text", text: WORDS.join(""), annotations: [] },
    },
    { type: "response.output_item.done", output_index: 0, item: message("completed", WORDS.join("")) },
    { type: "response.completed", response: whole },
  ];
  return events.map((event, number) => ({ ...event, sequence_number: number }));
}

/** Two numbers for each text, as the bytes of floats where they are asked for in base64. */
function embeddings({ model, input, encoding_format }: Asked["body"]): object {
  const numbers = [0.5, -0.25];
  const embedding =
    encoding_format === "base64" ? Buffer.from(Float32Array.from(numbers).buffer).toString("base64") : numbers;
  const data = [input].flat().map((_, index) => ({ object: "embedding", index, embedding }));
  return { object: "list", data, model, usage: { prompt_tokens: 2, total_tokens: 2 } };
}
