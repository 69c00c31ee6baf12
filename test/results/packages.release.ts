import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openReader, type StoredBody, type StoredSpan, type StoreReader } from "../../runtime/delivery/reader.ts";
import { type Run, run, workFolder, write } from "../programs.ts";
import { instrumentChecked } from "../transformer/harness.ts";

/**
 * Programs that hand the results of real packages through functions of every kind: a traced run, recorded and
 * off, prints what the bare run prints, and the recorded one leaves the spans in `spans/`.
 */
const packages = join(import.meta.dirname, "../compat/results");
const sources = join(import.meta.dirname, "programs");
const SHARED = ["kinds.js", "llm-server.js", "database.js"];
const files = readdirSync(sources);
const programs = files.filter((file) => !SHARED.includes(file));
const folder = workFolder("results");

beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, "../../tools/install.mjs"), packages], {
    stdio: "inherit",
  });
  // The programs stand inside this package, so that they find the runtime, and take the packages from there.
  symlinkSync(join(packages, "node_modules"), join(folder, "node_modules"), "junction");
  const texts = files.map((name) => ({ name, text: readFileSync(join(sources, name), "utf8") }));
  write(join(folder, "bare"), texts);
  const kinds = texts.map(({ name, text }) => (name === "kinds.js" ? { name, text: traced(text) } : { name, text }));
  write(join(folder, "traced"), kinds);
  mkdirSync(join(folder, "stores"));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(programs)("%s", (program) => {
  let expected: Run;
  beforeAll(() => {
    expected = run(join(folder, "bare", program));
    expect(expected.status, expected.errors).toBe(0);
    expect(expected.output).not.toBe("");
  });

  test("runs recorded as it runs bare", async () => {
    const store = join(folder, "stores", `${program}.db`);
    expect(run(join(folder, "traced", program), { SPANWRIGHT_STORE: store })).toEqual(expected);
    await expect(spansIn(store)).toMatchFileSnapshot(join(import.meta.dirname, "spans", `${program}.txt`));
  });

  test("runs off as it runs bare", () => {
    expect(run(join(folder, "traced", program))).toEqual(expected);
  });
});

/** The functions of every kind alone are traced; what they are given and what is done with it stays as it is. */
function traced(text: string): string {
  const { code, diagnostics } = instrumentChecked(text, "kinds.js", { format: "module" });
  expect(diagnostics).toEqual([]);
  return code;
}

/** Every span below its parent, in the order of their start: how it ended, what it put out, and what marks it bears. */
function spansIn(store: string): string {
  const reader = openReader(store);
  try {
    const traces = reader.traces({ limit: 10_000 }).flatMap(({ traceId }) => reader.trace(traceId) ?? []);
    const ordered = traces.sort((a, b) => byStart(a.trace, b.trace));
    return ordered.map(({ spans }) => `${linesOf(spans, reader).join("\n")}\n`).join("");
  } finally {
    reader.close();
  }
}

function byStart(a: { startUs: number; startNs?: number }, b: { startUs: number; startNs?: number }): number {
  return a.startUs - b.startUs || (a.startNs ?? 0) - (b.startNs ?? 0);
}

function linesOf(spans: readonly StoredSpan[], reader: StoreReader, parent?: string, indent = ""): string[] {
  const children = spans.filter(({ parentId }) => parentId === parent).sort(byStart);
  return children.flatMap((span) => [
    `${indent}${describeSpan(span, reader.body(span.row))}`,
    ...linesOf(spans, reader, span.spanId, `${indent}  `),
  ]);
}

function describeSpan({ name, status, error, chunks }: StoredSpan, body: StoredBody | undefined): string {
  const marks = [...(body?.attributesJson ?? "").matchAll(/"(spanwright\.[\w.]+)"/g)].map(([, mark]) => mark);
  const counted = chunks > 0 ? `${chunks} chunks` : undefined;
  const parts = [name, status, error?.split("\n")[0], counted, body?.outputs?.slice(0, 100), ...marks];
  return parts.filter((part) => part !== undefined && part !== "").join(" ");
}
