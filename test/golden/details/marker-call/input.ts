import { trace } from "spanwright";
import * as sw from "spanwright";

async function invoke(prompt: string, apiKey: string) {
  trace({ name: "call-local-llm", spanType: "LLM", inputs: ["prompt"], root: true });
  return call(prompt, apiKey);
}

async function* predict(messages: Message[]) {
  trace({
    spanType: "LLM",
    attributes: { user: currentUser.id, ...(await extra()) },
    outputReducer: joinChunks,
  });
  yield* model(messages);
}

const plain = () => {
  sw.trace()
  return 1;
};
