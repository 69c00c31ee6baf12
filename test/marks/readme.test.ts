import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";
import { OPTIONS } from "../../transformer/marks.ts";

/** The README's section on marks, tried. */

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");
const [section = ""] = /^## Marks\n.*?(?=^## )/ms.exec(readme) ?? [];

test("each example of the README's section on marks traces what it says", () => {
  const examples = [...section.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => {
    const { sites = [], diagnostics } = instrument(code, "src/example.ts") ?? {};
    expect(diagnostics).toEqual([]);
    return sites.map(({ name, options }) => options?.name ?? name);
  });
  expect(examples).toEqual([
    ["add", "search", "<anonymous>"],
    ["calculate", "get size"],
    ["read", "write"],
    ["chat"],
    ["answer"],
  ]);
});

test("its table lists every option", () => {
  expect([...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, option]) => option).sort()).toEqual(
    Object.keys(OPTIONS).sort(),
  );
});
