import { join } from "node:path";
import { expect, test } from "vitest";
import { type RenderOptions, renderTrace, type ShownSpan } from "../../cli/render.ts";
import type { StoredTrace } from "../../runtime/delivery/reader.ts";
import { shownSpan as span, storedTrace } from "./traces.ts";

interface Case {
  readonly spans: readonly ShownSpan[];
  readonly trace?: Partial<StoredTrace>;
  readonly options?: Partial<RenderOptions>;
}

const messages = '{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Capital of France?"}]}';

const question: Case = {
  trace: { tags: { "user.id": "kim", session: "s-81" } },
  spans: [
    span(9, undefined, "answer", [0, 1524], {
      spanType: "CHAIN",
      inputs: '{"question":"What is the capital of France, and how many live there?","options":{"retries":2}}',
      outputs: '"Paris, about 2.1 million people."',
    }),
    span(3, 9, "retrieve", [3, 182], {
      spanType: "RETRIEVER",
      inputs: '{"query":"capital of France","limit":3}',
      outputs: '[{"id":11,"title":"Paris"},{"id":15,"title":"France"}]',
    }),
    span(2, 3, "search", [70, 110], { spanType: "TOOL", inputs: '{"vector":[0.12,0.85]}', outputs: "[11,15]" }),
    span(1, 3, "embed", [4, 61], {
      spanType: "EMBEDDING",
      inputs: '{"text":"capital of France"}',
      outputs: "[0.12,0.85]",
    }),
    span(7, 9, "callModel", [190, 1290], { inputs: '{"prompt":"Answer: …"}', outputs: '"Paris, about 2.1 million."' }),
    span(4, 7, "completion", [191, 420], {
      spanType: "CHAT_MODEL",
      status: "ERROR",
      inputs: messages,
      error: "RateLimitError: 429 You exceeded your current quota, please check your plan\nand billing details",
    }),
    span(5, 7, "backoff", [612, 300]),
    span(6, 7, "completion", [913, 560], {
      spanType: "CHAT_MODEL",
      inputs: messages,
      outputs: '"Paris, about 2.1 million people."',
      chunks: 9,
    }),
    span(8, 9, "log", [1490, 0.0421], { inputs: '{"line":"done"}' }),
  ],
};

const CASES: Readonly<Record<string, Case>> = {
  question,
  "question-in-color": { ...question, options: { color: true } },
  "question-in-40-cells": { ...question, options: { width: 40 } },
  "question-in-140-cells": { ...question, options: { width: 140 } },

  "one-span": { spans: [span(1, undefined, "add", [0, 0.00085], { inputs: '{"x":1,"y":2}', outputs: "3" })] },

  failed: {
    spans: [
      span(3, undefined, "checkout", [0, 12], { status: "ERROR", error: "TypeError: cart.total is not a function" }),
      span(2, 3, "loadCart", [1, 10], { inputs: '{"id":7}', outputs: "null" }),
      span(1, 2, "readCache", [2, 1], { status: "ERROR", chunks: 1 }),
    ],
  },

  "root-not-recorded": {
    spans: [
      span(1, 99, "second", [5, 10], { outputs: "2" }),
      span(2, 98, "first", [0, 4]),
      span(3, 2, "child of first", [1, 2], { status: "ERROR", error: "no message" }),
    ],
  },

  "some-parents-not-recorded": {
    spans: [span(1, undefined, "main", [0, 10]), span(2, 1, "step", [1, 3]), span(3, 77, "late", [11, 5])],
  },

  "wide-characters": {
    trace: { tags: { 城市: "巴黎" } },
    spans: [
      span(1, undefined, "回答", [0, 10], {
        spanType: "代理",
        inputs: '{"问题":"法国的首都是哪里?"}',
        outputs: '"巴黎"',
      }),
      span(2, 1, "🔎 search", [1, 5], { spanType: "TOOL" }),
      span(3, 1, "👩‍👩‍👧 family", [6, 2], { spanType: "TOOL", outputs: '"👍🏽"' }),
      span(4, 1, "café", [8, 2], { spanType: "TOOL" }),
    ],
  },

  "hostile-text": {
    trace: { tags: { "\u001b[2J": "\u009b2J" } },
    spans: [
      span(1, undefined, "\u001b]0;title\u0007clear\u001b[2J", [0, 10], {
        spanType: "T\rY",
        inputs: '{"a\\u001b[1m":1}',
      }),
      span(2, 1, "right\u202eto left\u2066", [1, 5], { inputs: '"\\u009b31m"', outputs: '"\\u2028\\ud800"' }),
      span(3, 1, "two\nlines\tand a tab", [6, 2], { status: "ERROR", error: "E: \u001b[32mall good\u001b[0m\u0000" }),
    ],
  },

  deep: {
    options: { width: 60 },
    spans: Array.from({ length: 14 }, (_, n) =>
      span(n, n === 0 ? undefined : n - 1, `level${n}`, [n, 28 - 2 * n], { inputs: `{"n":${n}}` }),
    ),
  },
};

test.for(Object.entries(CASES))(
  "a trace is shown as golden/%s.txt has it",
  async ([name, { spans, trace, options }]) => {
    const text = renderTrace(storedTrace(spans, trace), spans, {
      width: 100,
      color: false,
      timeZone: "UTC",
      ...options,
    });
    await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "golden", `${name}.txt`));
  },
);
