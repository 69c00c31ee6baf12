import { describe, expect, test } from "vitest";
import { withSpan } from "../../runtime/index.ts";
import { recordTraces, type SpanMatchers, spanMatchers, spanTree } from "../../runtime/testing.ts";

declare module "vitest" {
  interface Matchers<R extends void | Promise<void>, T> extends SpanMatchers<R> {}
}

expect.extend(spanMatchers);

const recorded = recordTraces(() => {
  withSpan(
    () => {
      withSpan((span) => void span.addEvent("hit").addEvent("hit again"), { name: "search", spanType: "RETRIEVER", inputs: { q: "why" } }); // biome-ignore format: one call
      try {
        withSpan(() => { throw new RangeError("too long"); }, { name: "answer", attributes: { model: "m", n: 1 } }); // biome-ignore format: one call
      } catch {}
      return ["a", 2];
    },
    { name: "ask" },
  );
  withSpan(() => {}, { name: "other" });
});

describe("toHaveSpan", () => {
  test.each([
    ["a name", "search"],
    ["an expression for the name", { name: /^sea/g }],
    ["a type", { spanType: "RETRIEVER" }],
    ["a status", { name: "answer", status: "ERROR" as const }],
    ["an error", { error: "RangeError: too long" }],
    ["an expression for the error", { error: /long/ }],
    ["inputs", { inputs: { q: "why" } }],
    ["outputs with matchers", { outputs: [expect.any(String), 2] }],
    ["some attributes", { attributes: { model: "m" } }],
    ["some events in their order", { events: ["hit", "hit again"] }],
    ["a parent", { name: "search", parent: "ask" }],
    ["no parent", { name: "other", parent: null }],
  ])("finds a span by %s", (_, expected) => {
    expect(recorded).toHaveSpan(expected);
  });

  test.each([
    ["name", "searching"],
    ["type", { name: "search", spanType: "TOOL" }],
    ["status", { name: "search", status: "ERROR" as const }],
    ["inputs", { name: "search", inputs: { q: "how" } }],
    ["attributes", { name: "answer", attributes: { model: "m", n: 2 } }],
    ["events", { name: "search", events: ["hit again", "hit"] }],
    ["parent", { name: "search", parent: "other" }],
  ])("finds none with another %s", (_, expected) => {
    expect(recorded).not.toHaveSpan(expected);
  });

  test("takes a trace and a list of traces too", () => {
    expect(recorded.traces).toHaveSpan("search");
    expect(recorded.traces[0]).toHaveSpan("search");
    expect(recorded.traces[1]).not.toHaveSpan("search");
  });

  test("says which spans there are, and in what the one of that name differs", () => {
    const [asked, ...spans] = messageOf(() =>
      expect(recorded).toHaveSpan({ name: "answer", attributes: { model: "other" } }),
    ).split("; there are:\n");
    expect(asked).toMatch(/expected a span like .*"model": "other"/s);
    expect(spans).toEqual([
      [
        'ask (UNKNOWN)  → ["a",2]',
        '  search (RETRIEVER) {"q":"why"} → ',
        "  answer (UNKNOWN)  → RangeError: too long   ← differs in attributes",
        "other (UNKNOWN)  → ",
      ].join("\n"),
    ]);
    expect(messageOf(() => expect([]).toHaveSpan("ask"))).toContain("there are:\nnone");
    expect(messageOf(() => expect(recorded.traces[1]).not.toHaveSpan("other"))).toContain("expected no span like");
  });

  test("says what it takes when it is given something else", () => {
    expect(() => expect({ name: "ask" }).toHaveSpan("ask")).toThrow("takes a trace, a list of traces");
  });
});

describe("toHaveSpanTree", () => {
  test("compares names, parents, order and failures, whatever the tree's own indentation is", () => {
    expect(recorded).toHaveSpanTree(`
      ask
        search
        answer ERROR
      other
    `);
    expect(recorded.traces[0]).not.toHaveSpanTree("ask\n  answer ERROR\n  search");
    expect([]).toHaveSpanTree("");
  });

  test("shows both trees", () => {
    expect(messageOf(() => expect(recorded.traces[0]).toHaveSpanTree("ask"))).toBe(
      "expected the tree of spans\nask\n\nand there is\nask\n  search\n  answer ERROR",
    );
  });
});

test("spanTree gives the same text for a snapshot", () => {
  expect(spanTree(recorded.traces)).toMatchInlineSnapshot(`
    "ask
      search
      answer ERROR
    other"
  `);
});

function messageOf(check: () => void): string {
  try {
    check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the check passed");
}
