import { describe, expect, test } from "vitest";
import { run } from "./programs/program.ts";

const { lines, stderr } = run("disposal.ts");

describe("await using, run by Node itself", () => {
  test("says nothing", () => expect([stderr, lines.length]).toEqual(["", 5]));

  test.each(["two asynchronous", "a synchronous one", "one and nothing", "nothing and one", "nothing"])(
    "with %s disposes inside the span, in order and in time",
    (name) => {
      expect(lines).toContainEqual({ name, ticks: [expect.any(Number), expect.any(Number)], sameOrder: true, inside: true, caller: null }); // biome-ignore format: one row
      const line = lines.find(
        (found): found is { ticks: [number, number] } => (found as { name: string }).name === name,
      );
      expect(line?.ticks[1]).toBe(line?.ticks[0]);
    },
  );
});
