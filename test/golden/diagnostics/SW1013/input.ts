import { trace } from "spanwright";

// @trace off
function ask(question: string) {
  trace({ name: "ask" });
}
