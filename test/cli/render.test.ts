import { stripVTControlCharacters } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { width as widthOf } from "../../cli/cells.ts";
import { renderTrace, type ShownSpan } from "../../cli/render.ts";
import { shownSpan, storedTrace } from "./traces.ts";

const options = { width: 100, color: false, timeZone: "UTC" } as const;

const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.constantFrom("", "\u001b[2J"));
const json = fc.option(fc.json(), { nil: undefined });
const row = fc.nat(12);

/** Spans in any relation, their own ancestors included. */
const anySpans = fc.array(
  fc
    .record({
      id: row,
      parent: fc.option(row, { nil: undefined }),
      name: text,
      start: fc.nat(1e6),
      duration: fc.oneof(fc.nat(1e6), fc.nat(1e12)),
      spanType: text,
      status: fc.constantFrom("OK", "ERROR", "UNSET"),
      chunks: fc.nat(3),
      error: fc.option(text, { nil: undefined }),
      inputs: json,
      outputs: json,
    })
    .map(({ id, parent, name, start, duration, ...known }) => shownSpan(id, parent, name, [start, duration], known)),
  { minLength: 1 },
);

const render = (spans: readonly ShownSpan[], width: number, color: boolean) =>
  renderTrace(storedTrace(spans), spans, { width, color, timeZone: "UTC" });

test("no line is wider than asked for", () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 40, max: 160 }), (spans, width) => {
      const widest = Math.max(...render(spans, width, false).split("\n").map(widthOf));
      expect(widest).toBeLessThanOrEqual(width);
    }),
  );
});

test("nothing but line feeds can drive the terminal", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      expect(render(spans, 100, false)).not.toMatch(/(?![\n\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    }),
  );
});

test("colours change nothing but colours", () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      expect(stripVTControlCharacters(render(spans, 100, true))).toBe(render(spans, 100, false));
    }),
  );
});

test.for<[durationMs: number, shown: string]>([
  [0, "0 ns"],
  [0.00085, "850 ns"],
  [0.001, "1.00 µs"],
  [0.0423, "42.3 µs"],
  [0.9996, "1.00 ms"],
  [9.996, "10.0 ms"],
  [99.96, "100 ms"],
  [1524, "1.52 s"],
  [59_940, "59.9 s"],
  [59_960, "1 m 00 s"],
  [125_000, "2 m 05 s"],
  [3_900_000, "1 h 05 m"],
  [180_000_000, "50 h 00 m"],
])("%f milliseconds are shown as %s", ([durationMs, shown]) => {
  const spans = [shownSpan(1, undefined, "main", [0, durationMs])];
  expect(renderTrace(storedTrace(spans), spans, options)).toContain(` · ${shown} · `);
});

test("a trace is as long as the time from its first start to its last end", () => {
  const spans = [shownSpan(1, undefined, "main", [10, 5]), shownSpan(2, 1, "late", [14, 21])];
  expect(renderTrace(storedTrace(spans), spans, options)).toContain(" · 25.0 ms · ");
});

test("times are shown in the time zone asked for", () => {
  const spans = [shownSpan(1, undefined, "main", [0, 1])];
  expect(renderTrace(storedTrace(spans), spans, { ...options, timeZone: "Asia/Tokyo" })).toContain(
    "2025-11-22 17:26:40",
  );
});
