import { globSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";

/**
 * The golden files: each folder below `test/golden` holds an input, beside the text the build makes of it and what
 * it says about it. `shapes` is what docs/emitted-code.md shows, `kinds` has every shape in every kind of function,
 * `diagnostics` every diagnostic, `details` what is left.
 */
export const golden = join(import.meta.dirname, "golden");

export interface GoldenInput {
  /** Its folder, relative to {@link golden}. */
  readonly name: string;
  /** How the build is told the file is called. */
  readonly id: string;
  readonly extension: string;
  readonly text: string;
}

export const goldenInputs: readonly GoldenInput[] = globSync("**/input.*", { cwd: golden })
  .map((file): GoldenInput => {
    const name = dirname(file).replaceAll("\\", "/");
    const extension = extname(file);
    return { name, id: `src/${basename(name)}${extension}`, extension, text: readFileSync(join(golden, file), "utf8") };
  })
  .sort((a, b) => (a.name < b.name ? -1 : 1));
