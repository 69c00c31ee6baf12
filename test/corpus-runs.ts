import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openReader } from "../runtime/delivery/reader.ts";
import { filesOf, formatOf, type Run, run, runnable, write } from "./programs.ts";
import { instrumentChecked } from "./transformer/harness.ts";

/** A program as Node runs it: bare, and with every function traced by the text emitter. */
export interface Builds {
  readonly bare: string;
  readonly traced: string;
}

/** @param folder takes the builds */
export function build(folder: string, program: string): Builds {
  const files = filesOf(program);
  const traced = files.map(({ name, text }) => {
    const result = instrumentChecked(text, `traced/${name}`, { select: "all", format: formatOf(name) });
    return { name, text: result.code };
  });
  return {
    bare: write(
      join(folder, "bare"),
      files.map((file) => runnable(program, file)),
    ),
    traced: write(
      join(folder, "traced"),
      traced.map((file) => runnable(program, file)),
    ),
  };
}

/** How a traced program went while its spans were kept. */
export interface RecordedRun {
  readonly run: Run;
  /** Which function was recorded below which, and how its spans ended; how often depends on the machine. */
  readonly spans: string;
}

export function runRecorded(
  folder: string,
  program: string,
  file: string,
  env: Record<string, string> = {},
  node?: string,
): RecordedRun {
  mkdirSync(folder, { recursive: true });
  const store = join(folder, `${program}.db`);
  const seen = run(file, { ...env, SPANWRIGHT_STORE: store }, node);
  return { run: seen, spans: spansIn(store) };
}

/** How much of an error can still be said where the stack ends depends on the machine. */
const AT_THE_STACKS_END = new Set([
  "RangeError: Maximum call stack size exceeded",
  "unknown: a value that cannot be shown",
]);

function spansIn(store: string): string {
  const reader = openReader(store);
  try {
    const lines = new Set<string>();
    for (const { traceId } of reader.traces({ limit: 100_000 })) {
      const spans = reader.trace(traceId)?.spans ?? [];
      const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
      for (const { parentId, name, status, error = "" } of spans) {
        const parent = parentId === undefined ? "" : `${names.get(parentId) ?? "not recorded"} > `;
        lines.add(`${parent}${name} ${status} ${AT_THE_STACKS_END.has(error) ? "" : error}`.trim());
      }
    }
    return `${[...lines].sort().join("\n")}\n`;
  } finally {
    reader.close();
  }
}
