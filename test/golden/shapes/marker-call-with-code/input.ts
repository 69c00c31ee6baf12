import { trace } from "spanwright";

async function* chat(messages: Message[], user: User) {
  trace({ spanType: "LLM", attributes: { user: user.id }, outputReducer: joinChunks });
  yield* model(messages);
}
