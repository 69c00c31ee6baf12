import { join } from "node:path";
import { Piscina } from "piscina";
import { expect, test } from "vitest";
import { getTrace, tracingHeaders, withSpan } from "../../runtime/index.ts";
import { recordIntoStore } from "./recorded-store.ts";

test("tasks of a pool of worker threads belong to the trace that hands them out", async () => {
  const store = recordIntoStore();
  const pool = new Piscina({ filename: join(import.meta.dirname, "processes/worker.ts"), maxThreads: 2 });
  const parents = new Map<string, string>();
  const ids = await Promise.all(
    ["one", "three"].map((name) =>
      withSpan(async (span) => {
        parents.set(name, span.spanId);
        expect(await pool.run({ store, name, headers: tracingHeaders() })).toBe(name.length);
        return [span.traceId, name] as const;
      }),
    ),
  );
  await pool.close();
  for (const [traceId, name] of ids) {
    expect((await getTrace(traceId))?.searchSpans({ name })[0]?.parentId).toBe(parents.get(name));
  }
});
