import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({ maxRetries: 0, openTelemetry: { traces: { contentMode: "content" } } });
const asking = (model: string) => ({ model, max_tokens: 100, messages: [{ role: "user" as const, content: "Hi" }] });

// @trace
async function streams() {
  let text = "";
  for await (const event of await client.messages.create({ ...asking("m"), stream: true })) {
    if (event.type === "content_block_delta" && event.delta.type === "text_delta") text += event.delta.text;
  }
  return text;
}

// @trace
async function* helper() {
  for await (const event of client.messages.stream(asking("m"))) yield event.type;
}

// @trace
async function fails() {
  return client.messages.create(asking("refuses"));
}

console.log(await streams());
for await (const type of helper()) console.log(type);
await fails().catch((error) => console.log(error.status));
