import { join } from "node:path";
import { formatOf, type Run, run, write } from "./programs.ts";
import { instrumentChecked } from "./transformer/harness.ts";

/**
 * Runs a program bare, and recorded with every function traced: for what it has to say about itself.
 * @param folder a work folder
 * @param node the Node that runs it; default: the one that runs the tests
 */
export function runBareAndTraced(
  folder: string,
  name: string,
  lines: readonly string[],
  node = process.execPath,
): { readonly bare: Run; readonly traced: Run } {
  const text = `${lines.join("\n")}\n`;
  const { code } = instrumentChecked(text, name, { select: "all", format: formatOf(name) });
  const bare = write(join(folder, "bare"), [{ name, text }]);
  const traced = write(join(folder, "traced"), [{ name, text: code }]);
  return {
    bare: run(bare, {}, node),
    traced: run(traced, { SPANWRIGHT_STORE: join(folder, `${name}.db`) }, node),
  };
}
