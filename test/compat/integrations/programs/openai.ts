import OpenAI from "openai";
import { autolog } from "spanwright/openai";

autolog(OpenAI);
const client = new OpenAI();

// @trace
async function ask(question: string) {
  const stream = await client.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: question }],
    stream: true,
    stream_options: { include_usage: true },
  });
  for await (const { choices } of stream) process.stdout.write(choices[0]?.delta.content ?? "");
}

await ask("What is a span?");
