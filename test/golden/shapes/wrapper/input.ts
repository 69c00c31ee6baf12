import { trace } from "spanwright";

export const answer = trace(async (question: string) => {
  return await model(question);
}, { spanType: "LLM" });

trace(function main() {})();
