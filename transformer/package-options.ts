import { type BuildOptions, checkOptions } from "./options.ts";
import { manifestIn } from "./packages.ts";

/**
 * The options of a project for whatever has no configuration of its own: what package.json says under `spanwright`.
 *
 * @throws HostError for an option that does not exist or a value that does not fit
 */
export function packageOptions(folder: string): BuildOptions {
  return checkOptions(manifestIn(folder)?.spanwright, '"spanwright" in package.json');
}
