import { trace } from "spanwright";
import { recordTraces, type SpanMatchers, spanMatchers, spanTree } from "spanwright/testing";
import { expect, test } from "vitest";

// These two belong in a setup file, which vitest.config.ts names in setupFiles.
expect.extend(spanMatchers);

declare module "vitest" {
  interface Matchers<R extends void | Promise<void>, T> extends SpanMatchers<R> {}
}

const search = trace(async (words: string[]) => words.length, { name: "search", spanType: "RETRIEVER" });
const ask = trace(async (question: string) => search(question.split(" ")), { name: "ask" });

test("ask searches for each word", async () => {
  const { result, traces } = await recordTraces(() => ask("what is it"));

  expect(result).toBe(3);
  expect(traces).toHaveSpan({ name: "search", parent: "ask", spanType: "RETRIEVER", outputs: expect.any(Number) });
  expect(traces).not.toHaveSpan({ status: "ERROR" });
  expect(traces).toHaveSpanTree(`
    ask
      search
  `);
  expect(spanTree(traces)).toMatchInlineSnapshot(`
    "ask
      search"
  `);
  expect(traces[0]?.searchSpans({ name: /^search/ })).toHaveLength(1);
});
