/** The options that a project keeps under `spanwright` in its package.json. */

import { join } from "node:path";
import { type BuildOptions, checkOptions } from "../../transformer/options.ts";
import { readJson } from "./packages.ts";

/**
 * Reads the options of a project.
 *
 * @throws HostError for an option that does not exist or a value that does not fit
 */
export function configuredOptions(folder: string): BuildOptions {
  const manifest = readJson(join(folder, "package.json"));
  const given = typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "spanwright") : undefined;
  return checkOptions(given, '"spanwright" in package.json');
}
