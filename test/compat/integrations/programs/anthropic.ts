import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ openTelemetry: { traces: { contentMode: "content" } } });

// @trace
async function ask(question: string) {
  const message = await client.messages.create({
    model: "claude-sonnet-5",
    max_tokens: 100,
    messages: [{ role: "user", content: question }],
  });
  return message.content;
}

console.log(await ask("What is a span?"));
