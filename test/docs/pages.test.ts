import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pages } from "../../tools/docs/pages.ts";

test.each(Object.entries(pages))("docs/%s is what `npm run docs` makes", (name, make) => {
  expect(readFileSync(join(import.meta.dirname, "../../docs", name), "utf8")).toBe(make());
});
