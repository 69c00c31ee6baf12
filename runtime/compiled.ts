/** What emitted code imports as `spanwright/runtime`, and nothing else. The contract stands in contract.ts. */

import { configured } from "./configuration.ts";
import type { CompiledRuntime } from "./contract.ts";
import { registerSites } from "./sites.ts";

export { off } from "./frame.ts";

/** Registers a file's traced functions; called once a file, at the first call of any of them. */
export const sites: CompiledRuntime["sites"] = (version, file, rows) => {
  configured();
  return registerSites(version, file, rows);
};
