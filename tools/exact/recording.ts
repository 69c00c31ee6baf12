/** Where the spans of a run go: into a store, or nowhere, counted. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

export interface Recording {
  /** What a process needs in its environment to be recorded. */
  readonly env: Readonly<Record<string, string>>;
  /** Spans that were recorded. */
  spans(): number;
}

/** Spans are kept in a store at this path. */
export function inStore(path: string): Recording {
  return {
    env: { SPANWRIGHT_STORE: path },
    spans() {
      if (!existsSync(path)) return 0;
      const db = new DatabaseSync(path, { readOnly: true });
      try {
        return Number(db.prepare("SELECT count(*) AS spans FROM span").get()?.spans);
      } finally {
        db.close();
      }
    },
  };
}

/**
 * Spans are made, counted and dropped, and of their values little is looked at: what makes a hundred million of
 * them takes minutes then, and not hours.
 *
 * @param path file that takes the count
 */
export function counted(path: string): Recording {
  const preload = pathToFileURL(join(import.meta.dirname, "count.ts"));
  preload.searchParams.set("into", path);
  return {
    env: { NODE_OPTIONS: `--import ${preload}` },
    spans() {
      const counts = existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : [];
      return counts.reduce((sum, count) => sum + Number(count), 0);
    },
  };
}
