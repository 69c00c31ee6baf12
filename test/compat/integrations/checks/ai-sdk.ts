import { openai } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { embed, generateText, registerTelemetry, streamText } from "ai";

registerTelemetry(new OpenTelemetry());

// @trace
async function streams() {
  let text = "";
  for await (const part of streamText({ model: openai("m"), prompt: "Hi" }).textStream) text += part;
  return text;
}

// @trace
async function embeds() {
  return (await embed({ model: openai.embedding("m"), value: "Hi" })).embedding;
}

// @trace
async function fails() {
  return generateText({ model: openai.chat("refuses"), prompt: "Hi", maxRetries: 0 });
}

console.log(await streams(), await embeds());
await fails().catch((error) => console.log(error.name));
