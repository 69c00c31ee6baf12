import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FinishedSpan } from "../../runtime/delivery/destination.ts";
import { encodeRequest, recycleRequest, type ValueForm } from "../../runtime/delivery/otlp/encoder.ts";
import { finishedSpan, START_US } from "../store/spans.ts";
import { type DecodedSpan, decodeRequest } from "./collector.ts";

function roundTrip(span: FinishedSpan, form: ValueForm = "native"): DecodedSpan {
  const request = decodeRequest(encodeRequest([{ resource: { "service.name": "shop" }, spans: [span] }], form));
  const decoded = request.resourceSpans[0]?.scopeSpans[0]?.spans[0];
  if (decoded === undefined) throw new Error("no span");
  return decoded;
}

/** An AnyValue, as the official definitions have it. */
interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly { readonly key: string; readonly value: AnyValue }[] };
}

const bytes = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));

/** What an AnyValue of the official definitions says. */
function plain(value: AnyValue | undefined | null): unknown {
  if (value?.arrayValue) return value.arrayValue.values.map(plain);
  if (value?.kvlistValue)
    return Object.fromEntries((value.kvlistValue.values ?? []).map((entry) => [entry.key, plain(entry.value)]));
  if (value?.intValue !== undefined) return Number(value.intValue);
  return value?.stringValue ?? value?.boolValue ?? value?.doubleValue ?? null;
}

function attributes(span: DecodedSpan): Record<string, unknown> {
  return Object.fromEntries(span.attributes.map(({ key, value }) => [key, plain(value)]));
}

/** JSON values, without what JSON itself cannot keep. */
const json = fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.parse(JSON.stringify(value)));
const text = fc.string({ unit: "grapheme", maxLength: 300 });

describe("a span in protobuf, read by the official definitions", () => {
  test("has every field", () => {
    const decoded = roundTrip(
      finishedSpan({
        parentId: "2".repeat(16),
        startNs: 7,
        durationNs: 1_234_567_890,
        status: "ERROR",
        statusMessage: "no",
        finishedEvents: [{ name: "exception", timeUs: START_US + 1, attributes: { "exception.type": "Error" } }],
        finishedLinks: [{ traceId: "b".repeat(32), spanId: "3".repeat(16), attributes: { why: "because" } }],
        otel: {
          kind: 2,
          traceState: "a=1",
          parentIsRemote: true,
          droppedAttributes: 1,
          droppedEvents: 2,
          droppedLinks: 3,
        },
      }),
    );
    expect({ ...decoded, attributes: attributes(decoded) }).toMatchObject({
      traceId: bytes("a".repeat(32)),
      spanId: bytes("1".repeat(16)),
      parentSpanId: bytes("2".repeat(16)),
      traceState: "a=1",
      name: "main",
      kind: 3,
      startTimeUnixNano: `${START_US}007`,
      endTimeUnixNano: `${BigInt(START_US) * 1000n + 7n + 1_234_567_890n}`,
      attributes: { "mlflow.spanType": "UNKNOWN" },
      droppedAttributesCount: 1,
      events: [
        {
          name: "exception",
          timeUnixNano: `${START_US + 1}000`,
          attributes: [{ key: "exception.type", value: { stringValue: "Error" } }],
        },
      ],
      droppedEventsCount: 2,
      links: [
        {
          traceId: bytes("b".repeat(32)),
          attributes: [{ key: "why", value: { stringValue: "because" } }],
        },
      ],
      droppedLinksCount: 3,
      status: { code: 2, message: "no" },
      flags: 0x301,
    });
  });

  test("keeps any inputs, outputs and attributes as they are in native form", () => {
    fc.assert(
      fc.property(json, json, fc.dictionary(text, json), text, (inputs, outputs, own, name) => {
        const span = finishedSpan({
          name,
          inputs: JSON.stringify(inputs),
          outputs: JSON.stringify(outputs),
          attributesJson: JSON.stringify(own),
        });
        const decoded = roundTrip(span);
        expect(decoded.name).toBe(name);
        expect(attributes(decoded)).toEqual({
          ...own,
          "mlflow.spanInputs": inputs,
          "mlflow.spanOutputs": outputs,
          "mlflow.spanType": "UNKNOWN",
        });
      }),
      { numRuns: 300 },
    );
  });

  test("has nothing but strings, numbers, booleans and lists of one of them in text form", () => {
    const own = {
      list: [1, 2],
      mixed: [1, "a"],
      object: { a: [null] },
      flag: true,
      half: 0.5,
      big: 2 ** 60,
      minus: -5,
    };
    const decoded = roundTrip(finishedSpan({ inputs: '{"x":[1,2]}', attributesJson: JSON.stringify(own) }), "text");
    expect(attributes(decoded)).toEqual({
      ...own,
      mixed: '[1,"a"]',
      object: '{"a":[null]}',
      "mlflow.spanInputs": '{"x":[1,2]}',
      "mlflow.spanType": "UNKNOWN",
    });
  });

  test("stands under its resource and its library", () => {
    const spans = [
      finishedSpan(),
      finishedSpan({ otel: { scope: { name: "http", version: "1.2", schemaUrl: "https://x" } } }),
    ];
    const [group] = decodeRequest(
      encodeRequest([{ resource: { "service.name": "shop" }, spans }], "text"),
    ).resourceSpans;
    expect(group?.resource.attributes).toEqual([{ key: "service.name", value: { stringValue: "shop" } }]);
    expect(
      group?.scopeSpans.map(({ scope, schemaUrl, spans: { length } }) => [
        scope.name,
        scope.version,
        schemaUrl,
        length,
      ]),
    ).toEqual([
      ["spanwright", undefined, undefined, 1],
      ["http", "1.2", "https://x", 1],
    ]);
  });

  test("is written whole however many there are", () => {
    const spans = Array.from({ length: 5000 }, (_, n) =>
      finishedSpan({ name: `s${n}`, inputs: JSON.stringify("x".repeat(n % 400)) }),
    );
    const [group] = decodeRequest(encodeRequest([{ resource: {}, spans }], "text")).resourceSpans;
    expect(group?.scopeSpans[0]?.spans.map(({ name }) => name)).toEqual(spans.map(({ name }) => name));
  });

  test("stay as they were written while others are, and give their memory back when they were sent", () => {
    const requestOf = (name: string) => encodeRequest([{ resource: {}, spans: [finishedSpan({ name })] }], "text");
    const nameIn = (request: Uint8Array) => decodeRequest(request).resourceSpans[0]?.scopeSpans[0]?.spans[0]?.name;
    const [first, second] = [requestOf("first"), requestOf("second")];
    expect([first, second].map(nameIn)).toEqual(["first", "second"]);
    recycleRequest(first);
    const later = [requestOf("third"), requestOf("fourth")];
    expect(later.map(({ buffer }) => buffer)).toContain(first.buffer);
    expect([second, ...later].map(nameIn)).toEqual(["second", "third", "fourth"]);
  });
});
