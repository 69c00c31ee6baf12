/**
 * A chat model that answers from a table, behind the protocol of OpenAI's chat completions: the examples use
 * the real `openai` package and need neither a key nor a network.
 * Format: https://platform.openai.com/docs/api-reference/chat
 */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type OpenAI from "openai";

export interface ChatServer {
  /** What `new OpenAI({ baseURL })` takes. */
  readonly baseURL: string;
  close(): Promise<void>;
}

/**
 * Starts the model on a free port of this machine.
 * @param answers what it says, by what the last message asks; it knows nothing else
 */
export async function startChatServer(answers: Readonly<Record<string, string>>): Promise<ChatServer> {
  const server = createServer((request, response) => {
    respond(request, response, answers).catch((error) => response.writeHead(500).end(String(error)));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error(`the chat server listens on ${address}`);
  return {
    baseURL: `http://127.0.0.1:${address.port}/v1`,
    async close() {
      const closed = once(server, "close");
      server.close().closeAllConnections();
      await closed;
    },
  };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  if (request.method !== "POST" || request.url !== "/v1/chat/completions") {
    response.writeHead(404, JSON_TYPE).end(JSON.stringify({ error: { message: `no ${request.url} here` } }));
    return;
  }
  const asked = await readRequest(request);
  const question = asked.messages.at(-1)?.content;
  const answer = (typeof question === "string" ? answers[question] : undefined) ?? "I do not know.";
  if (!asked.stream) {
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(completion(asked, answer)));
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const chunk of chunks(asked, answer)) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end("data: [DONE]\n\n");
}

const JSON_TYPE = { "content-type": "application/json" };

async function readRequest(request: IncomingMessage): Promise<OpenAI.ChatCompletionCreateParams> {
  // The only client is the openai package, which sends what its types say.
  return JSON.parse(await text(request));
}

function completion({ model, messages }: OpenAI.ChatCompletionCreateParams, content: string): OpenAI.ChatCompletion {
  const prompt = messages.reduce((sum, message) => sum + words(String(message.content)).length, 0);
  const answer = words(content).length;
  return {
    ...HEAD,
    object: "chat.completion",
    model,
    choices: [
      { index: 0, message: { role: "assistant", content, refusal: null }, finish_reason: "stop", logprobs: null },
    ],
    usage: { prompt_tokens: prompt, completion_tokens: answer, total_tokens: prompt + answer },
  };
}

/** One chunk with the role, one for each word, and one with the reason for the end. */
function chunks({ model }: OpenAI.ChatCompletionCreateParams, content: string): OpenAI.ChatCompletionChunk[] {
  const deltas: OpenAI.ChatCompletionChunk.Choice.Delta[] = [
    { role: "assistant", content: "" },
    ...words(content).map((word) => ({ content: word })),
    {},
  ];
  return deltas.map((delta, index) => ({
    ...HEAD,
    object: "chat.completion.chunk",
    model,
    choices: [{ index: 0, delta, finish_reason: index === deltas.length - 1 ? "stop" : null }],
  }));
}

/** Every answer is the same one, so that two runs of an example are alike. */
const HEAD = { id: "chatcmpl-1", created: 1_700_000_000 };

/** The words of a sentence, each with the blanks before it: joined they are the sentence again. */
function words(sentence: string): string[] {
  return sentence.match(/\s*\S+/g) ?? [];
}
