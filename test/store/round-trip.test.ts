import { join } from "node:path";
import { expect, test } from "vitest";
import type { FinishedEvent, FinishedSpan } from "../../runtime/delivery/destination.ts";
import { openReader, type StoredBody, type StoredSpan } from "../../runtime/delivery/reader.ts";
import { openStore } from "../../runtime/delivery/store.ts";
import { newFolder } from "./folder.ts";
import { finishedSpan, START_US, traceInfo } from "./spans.ts";

/** Writes a span and reads it with another connection. */
function roundTrip(written: FinishedSpan): { span: StoredSpan | undefined; body: StoredBody | undefined } {
  const path = join(newFolder(), "traces.db");
  const store = openStore(path);
  store.write([written]);
  const reader = openReader(path);
  try {
    const span = reader.trace(written.trace.traceId)?.spans[0];
    return { span, body: span && reader.body(span.row) };
  } finally {
    reader.close();
    store.close();
  }
}

test("a span comes back with everything it was written with", () => {
  const written = finishedSpan({
    trace: traceInfo({ traceId: "0123456789abcdef0123456789abcdef" }),
    spanId: "fedcba9876543210",
    parentId: "00000000000000ab",
    name: "répondre 回答 🧵",
    spanType: "CHAT_MODEL",
    startUs: START_US + 7,
    startNs: 999,
    durationNs: 86_400_000_000_123,
    status: "ERROR",
    statusMessage: "no answer",
    inputs: '{"question":"2+2?","deep":[1,{"x":null}]}',
    outputs: '"4\\u0000"',
    attributesJson: '{"code.line.number":12}',
    finishedEvents: [
      { name: "exception", timeUs: START_US + 8, attributes: { "exception.type": "Error", nested: [true, 1.5] } },
      { name: "bare", timeUs: START_US + 9 },
    ],
    finishedLinks: [
      { traceId: "b".repeat(32), spanId: "c".repeat(16), attributes: { why: "batch" } },
      { traceId: "d".repeat(32), spanId: "e".repeat(16) },
    ],
  });

  expect(roundTrip(written)).toEqual({
    span: {
      row: 1,
      traceId: "0123456789abcdef0123456789abcdef",
      spanId: "fedcba9876543210",
      parentId: "00000000000000ab",
      name: "répondre 回答 🧵",
      spanType: "CHAT_MODEL",
      startUs: START_US + 7,
      startNs: 999,
      durationNs: 86_400_000_000_123,
      status: "ERROR",
      chunks: 0,
      error: "Error",
    },
    body: {
      inputs: written.inputs,
      outputs: written.outputs,
      attributesJson: written.attributesJson,
      events: written.finishedEvents,
      links: written.finishedLinks,
      statusMessage: "no answer",
    },
  });
});

test("what a span does not have is undefined, or empty", () => {
  const { span, body } = roundTrip(finishedSpan());
  expect(span).toMatchObject({ parentId: undefined, status: "UNSET", chunks: 0, error: undefined });
  expect(body).toEqual({
    inputs: undefined,
    outputs: undefined,
    attributesJson: undefined,
    events: [],
    links: [],
    statusMessage: undefined,
  });
});

test("the items of a stream are counted", () => {
  const event = (name: string): FinishedEvent => ({ name, timeUs: START_US });
  const finishedEvents = ["mlflow.chunk.item.0", "retry", "mlflow.chunk.item.1", "mlflow.chunk.item.2"].map(event);
  expect(roundTrip(finishedSpan({ finishedEvents })).span?.chunks).toBe(3);
});

const thrown = (attributes: Record<string, unknown>): FinishedEvent => ({ name: "exception", timeUs: 1, attributes });

test.for<[what: string, span: Partial<FinishedSpan>, error: string | undefined]>([
  [
    "the type and the message of its exception",
    {
      status: "ERROR",
      statusMessage: "wrapped",
      finishedEvents: [thrown({ "exception.type": "TypeError", "exception.message": "x is not a function" })],
    },
    "TypeError: x is not a function",
  ],
  [
    "the last exception, of several",
    {
      status: "ERROR",
      finishedEvents: [
        thrown({ "exception.type": "Error", "exception.message": "first try" }),
        thrown({ "exception.type": "Error", "exception.message": "second try" }),
      ],
    },
    "Error: second try",
  ],
  [
    "the message alone, of an exception without a type",
    { status: "ERROR", finishedEvents: [thrown({ "exception.message": "thrown text" })] },
    "thrown text",
  ],
  ["its status message, without an exception", { status: "ERROR", statusMessage: "refused" }, "refused"],
  ["nothing, when nothing is known", { status: "ERROR" }, undefined],
  [
    "nothing, when it recovered from its exception",
    { status: "OK", finishedEvents: [thrown({ "exception.type": "Error" })] },
    undefined,
  ],
])("a span's reason of failure is %s", ([, known, error]) => {
  expect(roundTrip(finishedSpan(known)).span?.error).toBe(error);
});

test("a long reason is cut to 500 characters", () => {
  const error = roundTrip(finishedSpan({ status: "ERROR", statusMessage: "x".repeat(501) })).span?.error;
  expect(error).toBe(`${"x".repeat(497)}...`);
});
