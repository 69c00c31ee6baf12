import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openReader } from "../runtime/delivery/reader.ts";
import { instrumentChecked } from "./transformer/harness.ts";

/**
 * Every program of the corpus runs as it is, and with every function traced: recording into a store, and
 * with tracing off. The bare program says what is right.
 */
const corpus = join(import.meta.dirname, "corpus");
let folder = "";

beforeAll(() => {
  const parent = join(import.meta.dirname, ".tmp");
  mkdirSync(parent, { recursive: true });
  folder = mkdtempSync(join(parent, "corpus-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly output: string;
  readonly errors: string;
  readonly status: number | null;
}

function run(program: string, env: Record<string, string>): Run {
  const { NODE_ENV: _, ...inherited } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [program], {
    cwd: folder,
    encoding: "utf8",
    env: { ...inherited, ...env },
  });
  return { output: stdout, errors: stderr, status };
}

describe.each(readdirSync(corpus))("%s", (name) => {
  const id = join("traced", name);
  const bare = () => join(folder, "bare", name);
  const traced = () => join(folder, id);
  const store = () => join(folder, `${name}.db`);

  beforeAll(() => {
    mkdirSync(join(folder, "bare"), { recursive: true });
    mkdirSync(join(folder, "traced"), { recursive: true });
    cpSync(join(corpus, name), bare());
    const format = extname(name) === ".cjs" ? "commonjs" : "module";
    const result = instrumentChecked(readFileSync(join(corpus, name), "utf8"), id, { select: "all", format });
    expect(result.diagnostics).toEqual([]);
    writeFileSync(traced(), result.code);
  });

  test("runs recorded as it runs bare", async () => {
    expect(run(traced(), { SPANWRIGHT_STORE: store() })).toEqual(run(bare(), {}));
    await expect(recorded(store())).toMatchFileSnapshot(join(import.meta.dirname, "corpus-spans", `${name}.txt`));
  });

  test("runs off as it runs bare", () => {
    expect(run(traced(), { NODE_ENV: "production" })).toEqual(run(bare(), {}));
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
