import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openReader } from "../runtime/delivery/reader.ts";
import { corpus, formatOf, programs, run, workFolder } from "./programs.ts";
import { instrumentChecked } from "./transformer/harness.ts";

/**
 * Every program of the corpus runs as it is, and with every function traced: recording into a store, and
 * with tracing off. The bare program says what is right.
 */
const folder = workFolder("corpus");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(programs)("%s", (name) => {
  const bare = join(folder, "bare", name);
  const traced = join(folder, "traced", name);
  const store = join(folder, `${name}.db`);

  beforeAll(() => {
    mkdirSync(join(folder, "bare"), { recursive: true });
    mkdirSync(join(folder, "traced"), { recursive: true });
    cpSync(join(corpus, name), bare);
    const text = readFileSync(join(corpus, name), "utf8");
    const result = instrumentChecked(text, `traced/${name}`, { select: "all", format: formatOf(name) });
    expect(result.diagnostics).toEqual([]);
    writeFileSync(traced, result.code);
  });

  test("runs recorded as it runs bare", async () => {
    expect(run(traced, { SPANWRIGHT_STORE: store })).toEqual(run(bare));
    await expect(recorded(store)).toMatchFileSnapshot(join(import.meta.dirname, "corpus-spans", `${name}.txt`));
  });

  test("runs off as it runs bare", () => {
    expect(run(traced)).toEqual(run(bare));
  });
});

/** Which function was recorded below which, and how its spans ended; how often depends on the machine. */
function recorded(store: string): string {
  const reader = openReader(store);
  try {
    const lines = new Set<string>();
    for (const { traceId } of reader.traces({ limit: 100_000 })) {
      const spans = reader.trace(traceId)?.spans ?? [];
      const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
      for (const { parentId, name, status, error = "" } of spans) {
        const parent = parentId === undefined ? "" : `${names.get(parentId) ?? "not recorded"} > `;
        lines.add(`${parent}${name} ${status} ${error}`.trim());
      }
    }
    return `${[...lines].sort().join("\n")}\n`;
  } finally {
    reader.close();
  }
}
