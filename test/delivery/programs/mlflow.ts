/** Makes traces for an MLflow server: every kind of value, a failure, tokens, and tags that come late. */

import { flushTraces, init, startSpan, updateCurrentTrace, withSpan } from "../../../runtime/index.ts";
import { VALUES } from "../values.ts";

init(JSON.parse(process.argv[2] ?? "{}"));

const tokens = { input_tokens: 1, output_tokens: 2, total_tokens: 3 };

withSpan(
  () => {
    updateCurrentTrace({ tags: { fruit: "apple" }, metadata: { who: "me" }, clientRequestId: "request-1" });
    VALUES.forEach((value, number) => {
      withSpan(() => value, { name: `value ${number}`, inputs: { value }, spanType: "TOOL" });
    });
    return "done";
  },
  { name: "values", inputs: { question: "what?" }, spanType: "AGENT" },
);

try {
  withSpan(
    (span) => {
      span.addEvent({ name: "step", attributes: { number: 1 } });
      throw new RangeError("too much");
    },
    { name: "failure" },
  );
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
}

withSpan(
  (outer) => {
    withSpan((inner) => inner.setAttribute("mlflow.chat.tokenUsage", tokens), { name: "inner" });
    outer.setAttribute("mlflow.chat.tokenUsage", tokens);
  },
  { name: "tokens" },
);

const late = withSpan((span) => startSpan({ name: "child", parent: span }), { name: "late" });
await flushTraces();
late.end();
await flushTraces();
