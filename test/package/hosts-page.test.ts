import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "oxc-parser";
import { expect, test } from "vitest";
import { BUILD_OPTIONS } from "../../transformer/options.ts";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/hosts.md"), "utf8");

test("docs/hosts.md names every entry that is a host", () => {
  const { exports }: { exports: object } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const others = /^\.(?:$|\/(?:runtime|openai|langchain|testing|package\.json)$)/;
  const hosts = Object.keys(exports).filter((entry) => !others.test(entry));
  const named = new Set(page.match(/spanwright\/[\w-]+/g));
  expect(hosts.filter((entry) => !named.has(entry.replace(/^\./, "spanwright")))).toEqual([]);
});

test("docs/hosts.md lists the options of a build", () => {
  const table = page.slice(page.indexOf("## Options"));
  expect([...table.matchAll(/^\| `(\w+)` \|/gm)].map(([, option]) => option)).toEqual(Object.keys(BUILD_OPTIONS));
});

test("the configurations in docs/hosts.md are JavaScript", () => {
  const snippets = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  expect(snippets.length).toBeGreaterThan(9);
  expect(snippets.flatMap((code) => parseSync("snippet.js", code).errors)).toEqual([]);
});
