/** A row of the conformance list: what MLflow's own tests ask of manual tracing. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** The row's number; what is asked; a check, or why the row does not apply. */
export type Row = readonly [id: number | `X${number}`, behaviour: string, check: (() => unknown) | string];

/** Rows that say the same of several numbers in a list. */
export const SERVERS_OWN =
  "MLflow's test of its server, not of a client: what is made of such answers, test/delivery asks";

/** What only a real MLflow server can tell is asked by a release test, which has to be there. */
export function askedOfServer(name: string): () => void {
  return () => {
    const tests = readFileSync(join(import.meta.dirname, "../mlflow-client.release.ts"), "utf8");
    expect(tests).toContain(`test("${name}"`);
  };
}
