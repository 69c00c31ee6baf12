// A model's answer as it arrives: an async generator that hands on the chunks of a chat completion.
//
// The span's events are the chunks. Its output is one completion, as if the model had not streamed at all.

import OpenAI from "openai";
import { SpanType, trace } from "spanwright";
import { startChatServer } from "./support/chat-server.ts";

const server = await startChatServer({ Hello: "Hello, nice to meet you!" });
const openai = new OpenAI({ baseURL: server.baseURL, apiKey: "none" });

async function* predict(messages: OpenAI.ChatCompletionMessageParam[]): AsyncGenerator<OpenAI.ChatCompletionChunk> {
  trace({ spanType: SpanType.CHAT_MODEL, outputReducer: aggregateChunks });
  const stream = await openai.chat.completions.create({ model: "gpt-4o-mini", messages, stream: true });
  for await (const chunk of stream) yield chunk;
}

/** Consolidates the chunks of an answer to a completion. */
function aggregateChunks(chunks: readonly OpenAI.ChatCompletionChunk[]): OpenAI.ChatCompletion | null {
  const [first] = chunks;
  if (!first) return null;
  const content = chunks.map(textOf).join("");
  return {
    id: first.id,
    object: "chat.completion",
    created: first.created,
    model: first.model,
    choices: [
      {
        index: 0,
        message: { role: "assistant", content, refusal: null },
        finish_reason: chunks.at(-1)?.choices[0]?.finish_reason ?? "stop",
        logprobs: null,
      },
    ],
  };
}

function textOf(chunk: OpenAI.ChatCompletionChunk): string {
  return chunk.choices[0]?.delta.content ?? "";
}

for await (const chunk of predict([{ role: "user", content: "Hello" }])) process.stdout.write(textOf(chunk));
process.stdout.write("\n");
await server.close();
