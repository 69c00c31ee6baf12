import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { GROUPS } from "../../tools/docs/emitted-code-page.ts";

test("docs/emitted-code.md shows every folder of test/golden/shapes", () => {
  const shown = GROUPS.flatMap(({ shapes }) => shapes.map(({ golden }) => golden.replace(/\..*/, "")));
  expect(shown.toSorted()).toEqual(readdirSync(join(import.meta.dirname, "../golden/shapes")).sort());
});
