// Automatic tracing beside your own: `autolog` records each call of the `openai` package, below the function
// that makes it.
//
// The span "Completions" holds the request and the answer, of a streamed one the message that its chunks make.

import OpenAI from "openai";
import { autolog } from "spanwright/openai";
import { startChatServer } from "./support/chat-server.ts";

autolog(OpenAI);

const server = await startChatServer({ "What is a span?": "The record of one call." });
const openai = new OpenAI({ baseURL: server.baseURL, apiKey: "none" });

// @trace
async function ask(question: string): Promise<string> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: question }];
  const response = await openai.chat.completions.create({ model: "gpt-4o-mini", messages });
  return response.choices[0]?.message.content ?? "";
}

// @trace
async function askStreamed(question: string): Promise<string> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "user", content: question }];
  let answer = "";
  for await (const chunk of await openai.chat.completions.create({ model: "gpt-4o-mini", messages, stream: true })) {
    answer += chunk.choices[0]?.delta.content ?? "";
  }
  return answer;
}

console.log(await ask("What is a span?"));
console.log(await askStreamed("What is a span?"));
await server.close();
