import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const readme = readFileSync(join(import.meta.dirname, "../../README.md"), "utf8");

/** Names of the tests in the files that match. */
function testNames(pattern: string): string[] {
  return globSync(pattern, { cwd: import.meta.dirname }).flatMap((file) => {
    const text = readFileSync(join(import.meta.dirname, file), "utf8");
    return [...text.matchAll(/^test(?:\.skipIf\(\S+\))?\("([^"]+)"/gm)].map(([, name = ""]) => name);
  });
}

/** What the table of promises has in its first column. */
function rows(): string[] {
  const [, section = ""] = /^## What is kept when something goes wrong\n(.*?)^## /ms.exec(readme) ?? [];
  return [...section.matchAll(/^\| ([^|]+?) \|/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => !/^(---|what )/.test(name));
}

test("every promise of the README is a test, and every test a promise", () => {
  const tests = [...testNames("promises.test.ts"), ...testNames("promises*.release.ts").map((name) => `${name} *`)];
  expect(tests.length).toBeGreaterThan(20);
  expect(rows().toSorted()).toEqual(tests.toSorted());
});
