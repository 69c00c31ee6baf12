/** JavaScript, as the build leaves it, with the runtime under test. */

import { join } from "node:path";
import * as runtime from "../../runtime/compiled.ts";
import { instrument } from "../../transformer/instrument.ts";

const root = join(import.meta.dirname, "../..");

/** Builds and runs a CommonJS module; returns what it exports. */
// biome-ignore lint/suspicious/noExplicitAny: the text says what it exports.
export function compiled(source: string): Record<string, any> {
  const built = instrument(source, join(root, "src/case.cjs"), { root });
  if (built === null || built.diagnostics.length > 0)
    throw new Error(`not built: ${JSON.stringify(built?.diagnostics)}`);
  const module = { exports: {} };
  new Function("module", "require", built.code)(module, () => runtime);
  return module.exports;
}
