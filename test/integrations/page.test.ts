import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const sources = join(root, "test/compat/integrations/programs");

test("docs/integrations.md shows the programs that integrations.release.ts runs, and no others", () => {
  const page = readFileSync(join(root, "docs/integrations.md"), "utf8");
  const shown = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
  const programs = readdirSync(sources).map((file) => readFileSync(join(sources, file), "utf8"));
  expect(shown.sort()).toEqual(programs.sort());
});
