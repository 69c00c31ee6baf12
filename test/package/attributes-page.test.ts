import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const NAMESPACES = "code|exception|mlflow|service|spanwright|telemetry";
/** A string that is such a name, or a template that begins with one. */
const IN_SOURCE = new RegExp(`"((?:${NAMESPACES})\\.[\\w.]*\\w)"|\`((?:${NAMESPACES})\\.[\\w.]*)\\.\\$\\{`, "g");
const IN_PAGE = new RegExp(`\`((?:${NAMESPACES})\\.[\\w.]*?)(?:\\.N|\\.KEY)?\``, "g");

test("docs/attributes.md lists exactly the attributes and events that the runtime knows by name", () => {
  const sources = globSync("runtime/**/*.ts", { cwd: root }).map((file) => readFileSync(join(root, file), "utf8"));
  const known = names(sources.join("\n"), IN_SOURCE);
  expect(known.length).toBeGreaterThan(20);
  expect(names(readFileSync(join(root, "docs/attributes.md"), "utf8"), IN_PAGE)).toEqual(known);
});

function names(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(([, whole, start]) => whole ?? start ?? "");
  return [...new Set(found)].sort();
}
