import { trace } from "spanwright";

// @trace { name: "commented" }
const ask = trace((question: string) => model(question), { name: "wrapped" });

const call = trace(() => {
  trace({ name: "called" });
});
