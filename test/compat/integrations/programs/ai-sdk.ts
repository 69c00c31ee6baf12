import { openai } from "@ai-sdk/openai";
import { OpenTelemetry } from "@ai-sdk/otel";
import { generateText, registerTelemetry, tool } from "ai";
import { z } from "zod";

registerTelemetry(new OpenTelemetry());

const weather = tool({
  description: "The weather in a city",
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => `sunny in ${city}`,
});

// @trace
async function ask(question: string) {
  const { toolResults } = await generateText({ model: openai.chat("tools"), tools: { weather }, prompt: question });
  return toolResults.map(({ output }) => output);
}

console.log(await ask("What is the weather in Paris?"));
