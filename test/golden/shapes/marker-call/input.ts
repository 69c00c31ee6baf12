import { trace } from "spanwright";

function ask(question: string) {
  trace({ name: "ask", spanType: "LLM" });
  return model(question);
}
