import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../../transformer/instrument.ts";
import { instrumentChecked } from "./harness.ts";

/**
 * Each `test/golden/<case>/input.*` beside the text the build makes of it, and what it says about it.
 * `vitest -u` writes the outputs; reading their difference is reviewing the transform.
 */
const folder = join(import.meta.dirname, "../golden");

describe("emitted text", () => {
  test.each(readdirSync(folder))("%s", async (name) => {
    const input = readdirSync(join(folder, name)).find((file) => file.startsWith("input."));
    if (!input) throw new Error(`test/golden/${name} holds no input file`);
    const result = instrumentChecked(readFileSync(join(folder, name, input), "utf8"), `src/${name}${extname(input)}`, {
      root: process.cwd(),
    });
    if (result.map) await expect(result.code).toMatchFileSnapshot(join(folder, name, `output${extname(input)}`));
    if (result.diagnostics.length || !result.map) {
      const report = result.diagnostics.map(formatDiagnostic).join("\n");
      await expect(report).toMatchFileSnapshot(join(folder, name, "diagnostics.txt"));
    }
  });
});
