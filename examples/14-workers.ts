// Work done side by side: four questions, two workers at a time.
//
// All workers' spans are children of `main`, and each model call is a child of its own worker, although they
// run interleaved: the context follows every await. Nothing has to be copied or passed on.

import OpenAI from "openai";
import { startChatServer } from "./support/chat-server.ts";

const server = await startChatServer({
  "What is the capital of France?": "Paris",
  "What is the capital of Germany?": "Berlin",
  "What is the capital of Portugal?": "Lisbon",
  "What is the capital of Japan?": "Tokyo",
});
const openai = new OpenAI({ baseURL: server.baseURL, apiKey: "none" });

// @trace { spanType: "CHAT_MODEL" }
async function complete(messages: OpenAI.ChatCompletionMessageParam[]): Promise<OpenAI.ChatCompletion> {
  return openai.chat.completions.create({ model: "gpt-4o-mini", messages, temperature: 0.1, max_tokens: 100 });
}

// @trace
async function worker(question: string): Promise<string> {
  const completion = await complete([
    { role: "system", content: "You are a helpful assistant." },
    { role: "user", content: question },
  ]);
  return completion.choices[0]?.message.content ?? "";
}

// @trace
async function main(questions: readonly string[]): Promise<string[]> {
  const answers: string[] = [];
  // Both lanes take from the same iterator: whichever is free gets the next question.
  const queue = questions.entries();
  async function lane(): Promise<void> {
    for (const [index, question] of queue) answers[index] = await worker(question);
  }
  await Promise.all([lane(), lane()]);
  return answers;
}

console.log(
  await main([
    "What is the capital of France?",
    "What is the capital of Germany?",
    "What is the capital of Portugal?",
    "What is the capital of Japan?",
  ]),
);
await server.close();
