/** What Anthropic's API answers. Format: https://platform.claude.com/docs/en/api/messages */

import type { Api, Asked } from "../model-server.ts";

/** By their paths. */
export const ANTHROPIC_APIS: Readonly<Record<string, Api>> = {
  "/v1/messages": { whole: message, events },
};

const WORDS = ["Hel", "lo", "!"];
const USAGE = { input_tokens: 9, output_tokens: 3 };

function message({ model }: Asked["body"]): object {
  const content = [{ type: "text", text: WORDS.join("") }];
  const stop = { stop_reason: "end_turn", stop_sequence: null };
  return { id: "msg_1", type: "message", role: "assistant", model, content, ...stop, usage: USAGE };
}

function events(body: Asked["body"]): object[] {
  const start = { ...message(body), content: [], stop_reason: null, usage: { input_tokens: 9, output_tokens: 1 } };
  const delta = { stop_reason: "end_turn", stop_sequence: null };
  return [
    { type: "message_start", message: start },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    ...WORDS.map((text) => ({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } })),
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta, usage: USAGE },
    { type: "message_stop" },
  ];
}
