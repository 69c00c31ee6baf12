import { expect, test } from "vitest";
import { cut, pad, printable, width } from "../../cli/cells.ts";

test.for<[text: string, cells: number]>([
  ["", 0],
  ["plain", 5],
  ["café", 4],
  ["cafe\u0301", 4],
  ["\u0301", 0],
  ["首都", 4],
  ["한국", 4],
  ["カナ", 4],
  ["ｶﾅ", 2],
  ["🔎", 2],
  ["👩‍👩‍👧", 2],
  ["🇫🇷", 2],
  ["1️⃣", 2],
  ["❤️", 2],
  ["→ ✗ ├─ ━╸", 9],
])('"%s" takes %i cells', ([text, cells]) => {
  expect(width(text)).toBe(cells);
});

test.for<[text: string, cells: number, shown: string]>([
  ["plain", 5, "plain"],
  ["plain", 4, "pla…"],
  ["plain", 1, "…"],
  ["plain", 0, ""],
  ["plain", -3, ""],
  ["", 0, ""],
  ["首都", 4, "首都"],
  ["首都巴黎", 4, "首…"],
  ["首都巴黎", 5, "首都…"],
  ["a👩‍👩‍👧b", 3, "a…"],
  ["a👩‍👩‍👧b", 4, "a👩‍👩‍👧b"],
  ["cafe\u0301s", 4, "caf…"],
])('"%s" cut to %i cells is "%s"', ([text, cells, shown]) => {
  expect(cut(text, cells)).toBe(shown);
});

test.for<[text: string, cells: number, shown: string]>([
  ["ab", 4, "ab  "],
  ["首", 4, "首  "],
  ["abcde", 4, "abcde"],
])('"%s" padded to %i cells is "%s"', ([text, cells, shown]) => {
  expect(pad(text, cells)).toBe(shown);
});

test.for<[what: string, text: string, shown: string]>([
  ["a line feed", "a\nb", "a\\nb"],
  ["a tab", "a\tb", "a\\tb"],
  ["a carriage return", "a\rb", "a\\rb"],
  ["an escape", "\u001b[2J", "\\x1b[2J"],
  ["a C1 control", "\u009b2J", "\\x9b2J"],
  ["a delete", "\u007f", "\\x7f"],
  ["a change of direction", "\u202eabc", "\\u202eabc"],
  ["an invisible space", "a\u200bb", "a\\u200bb"],
  ["a line separator", "a\u2028b", "a\\u2028b"],
  ["half of a surrogate pair", "a\ud83d", "a\\ud83d"],
  ["an invisible character beyond 16 bits", "\u{e0041}", "\\u{e0041}"],
])("%s is spelled out", ([, text, shown]) => {
  expect(printable(text)).toBe(shown);
});

test.for(["plain", "首都", "cafe\u0301", "👩‍👩‍👧", "❤️"])('"%s" is printed as it is', (text) => {
  expect(printable(text)).toBe(text);
});
