import { RunnableLambda } from "@langchain/core/runnables";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { tracingHandler } from "spanwright/langchain";
import { z } from "zod";

const callbacks = [tracingHandler()];
const weather = tool(async ({ city }: { city: string }) => `sunny in ${city}`, {
  name: "weather",
  description: "The weather in a city",
  schema: z.object({ city: z.string() }),
});

// @trace
async function streams() {
  let text = "";
  for await (const chunk of await new ChatOpenAI({ model: "m" }).stream("Hi", { callbacks })) text += chunk.content;
  return text;
}

// @trace
async function callsTools() {
  const asks = new ChatOpenAI({ model: "tools" }).bindTools([weather]);
  const chain = RunnableLambda.from(async (question: string, config) => {
    const { tool_calls = [] } = await asks.invoke(question, config);
    return Promise.all(tool_calls.map((call) => weather.invoke(call, config)));
  });
  const results = await chain.invoke("The weather in Paris?", { callbacks });
  return results.map(({ content }) => content);
}

// @trace
async function atOnce() {
  const answers = await new ChatOpenAI({ model: "m" }).batch(["Hi", "Ho"], { callbacks });
  return answers.map(({ content }) => content);
}

// @trace
async function fails() {
  return new ChatOpenAI({ model: "refuses", maxRetries: 0 }).invoke("Hi", { callbacks });
}

// @trace
async function embeds() {
  return new OpenAIEmbeddings({ model: "m" }).embedQuery("Hi");
}

console.log(await streams(), await callsTools(), await atOnce(), await embeds());
await fails().catch((error) => console.log(error.status));
