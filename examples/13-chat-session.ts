// A chat: the user and the model take turns until the user says BYE.
//
// The whole session is one trace. Each turn has a block span for what the user said, and the span of
// the function that calls the model. Inputs are recorded as they were at the call: `messages` grows, and each
// span has it as long as it was then.

import OpenAI from "openai";
import { withSpan } from "spanwright";
import { startChatServer } from "./support/chat-server.ts";

const server = await startChatServer({
  "What is a span?": "The record of one call: its name, inputs, outputs and time.",
  "And a trace?": "All spans that belong together, as a tree.",
});
const openai = new OpenAI({ baseURL: server.baseURL, apiKey: "none" });

// Stands for a terminal, so that the program runs by itself.
const lines = ["What is a span?", "And a trace?", "BYE"];

async function readLine(): Promise<string> {
  const line = lines.shift() ?? "BYE";
  console.log(`>> ${line}`);
  return line;
}

// @trace { spanType: "CHAIN" }
async function startSession(): Promise<void> {
  const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: "system", content: "You are a friendly chat bot" }];
  while (true) {
    const userInput = await withSpan(
      (span) => {
        span.setInputs({ messages });
        return readLine();
      },
      { name: "User" },
    );
    if (userInput === "BYE") break;
    messages.push({ role: "user", content: userInput });
    const answer = await complete(messages);
    console.log(`🤖: ${answer}`);
    messages.push({ role: "assistant", content: answer });
  }
}

// @trace { spanType: "CHAT_MODEL", attributes: { model: "gpt-4o-mini" } }
async function complete(messages: OpenAI.ChatCompletionMessageParam[]): Promise<string> {
  const response = await openai.chat.completions.create({ model: "gpt-4o-mini", max_tokens: 100, messages });
  return response.choices[0]?.message.content ?? "";
}

await startSession();
await server.close();
