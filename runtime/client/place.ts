/** The place where this process's traces are read and changed. */

import { configured } from "../configuration.ts";
import { outlet } from "../delivery/outlet.ts";
import { embeddedStore } from "./embedded.ts";
import { problem } from "./failures.ts";
import type { TraceStore } from "./trace-store.ts";

const opened: { path: string | undefined; store: TraceStore | undefined } = { path: undefined, store: undefined };

/** The place, with everything in it that has ended; throws `SW2139` when there is none. */
export function place(): TraceStore {
  const store = placeIfAny();
  if (store === undefined) throw problem("noStore");
  return store;
}

/** The place; `undefined` when this process keeps no traces. */
export function placeIfAny(): TraceStore | undefined {
  configured();
  const path = outlet.storePath;
  if (path === undefined) return undefined;
  outlet.flushStore();
  if (opened.path !== path || opened.store === undefined) Object.assign(opened, { path, store: embeddedStore(path) });
  return opened.store;
}
