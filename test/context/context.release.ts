import { describe } from "vitest";
import { installed, NODES } from "../installed.ts";
import { testCombinations } from "./matrix.ts";

describe.each([
  ["API 1.9 and SDK 2", { folder: installed("otel2"), offers: ["storage", "undici"] }],
  ["API 1.10 and SDK 3", { folder: installed("otel3"), offers: ["storage", "undici", "attach"] }],
] as const)("%s", (_packages, set) => {
  describe.each(Object.entries(NODES))("on %s", (_line, node) => testCombinations(set, node()));
});
