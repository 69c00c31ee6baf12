/** Records into an embedded store of the test's own. */

import { join } from "node:path";
import { type InitOptions, init } from "../../runtime/index.ts";
import { newFolder } from "../store/folder.ts";

/** Starts a new store; returns its path. */
export function recordIntoStore(options: InitOptions = {}): string {
  const store = join(newFolder(), "traces.db");
  init({ store, ...options });
  return store;
}
