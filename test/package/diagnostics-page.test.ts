import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

test("docs/diagnostics.md lists exactly the codes that the sources use", () => {
  const sources = ["runtime", "transformer", "cli"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(root, folder, file), "utf8")),
  );
  expect(codes(readFileSync(join(root, "docs/diagnostics.md"), "utf8"))).toEqual(codes(sources.join("\n")));
});

function codes(text: string): string[] {
  return [...new Set(text.match(/\bSW\d{4}\b/g))].sort();
}
