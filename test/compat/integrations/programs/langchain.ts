import { StringOutputParser } from "@langchain/core/output_parsers";
import { ChatPromptTemplate } from "@langchain/core/prompts";
import { ChatOpenAI } from "@langchain/openai";
import { tracingHandler } from "spanwright/langchain";

const chain = ChatPromptTemplate.fromTemplate("{question}")
  .pipe(new ChatOpenAI({ model: "gpt-4o-mini" }))
  .pipe(new StringOutputParser());

// @trace
async function ask(question: string) {
  return chain.invoke({ question }, { callbacks: [tracingHandler()] });
}

console.log(await ask("What is a span?"));
