const { trace } = require("spanwright");
const { recordTraces, spanTree } = require("spanwright/testing");

const search = trace(async (words) => words.length, { name: "search", spanType: "RETRIEVER" });
const ask = trace(async (question) => search(question.split(" ")), { name: "ask" });

test("ask searches for each word", async () => {
  const { result, traces } = await recordTraces(() => ask("what is it"));

  expect(result).toBe(3);
  expect(traces).toHaveSpan({ name: "search", parent: "ask", spanType: "RETRIEVER", outputs: expect.any(Number) });
  expect(traces).not.toHaveSpan({ status: "ERROR" });
  expect(traces).toHaveSpanTree("ask\n  search");
  expect(spanTree(traces)).toMatchInlineSnapshot(`
"ask
  search"
`);
});

test("a matcher that fails says what there is", async () => {
  const { traces } = await recordTraces(() => ask("what"));
  expect(() => expect(traces).toHaveSpan("answer")).toThrow("search (RETRIEVER)");
});
