import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const SHOWN = [
  "test/testing/vitest-example.test.ts",
  ...["jest.setup.js", "span-matchers.d.ts"].map((name) => `test/compat/testing-jest/project/${name}`),
];

test("docs/testing.md shows the files that the tests run", () => {
  const page = readFileSync(join(root, "docs/testing.md"), "utf8");
  const shown = [...page.matchAll(/^```[tj]s\n(.*?)^```$/gms)].map(([, code]) => code);
  expect(shown.sort()).toEqual(SHOWN.map((file) => readFileSync(join(root, file), "utf8")).sort());
});
