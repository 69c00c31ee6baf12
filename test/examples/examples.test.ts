import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, programs, run } from "./programs.ts";
import { attributesOf, drawTrace, type RecordedSpan, readTraces, spansOf } from "./traces.ts";

const folder = mkdtempSync(join(tmpdir(), "spanwright-examples-"));
const golden = join(import.meta.dirname, "golden");

beforeAll(() => Promise.all([compile("traced"), compile("untraced")]), 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(programs)("examples/%s.ts", (program) => {
  let traced: { stdout: string; stderr: string };
  let untraced: { stdout: string; stderr: string };

  beforeAll(async () => {
    [traced, untraced] = await Promise.all([
      run("traced", program, storeOf(program)),
      run("untraced", program, join(folder, "untraced.db")),
    ]);
  });

  test("prints what it prints when it is compiled without spans", () => {
    expect(untraced.stdout).not.toBe("");
    expect(traced.stdout).toBe(untraced.stdout);
  });

  test("complains of nothing", () => {
    expect(traced.stderr).toBe("");
  });

  test("leaves the traces that its golden file shows", async () => {
    const drawing = readTraces(storeOf(program)).map(drawTrace).join("\n\n");
    await expect(`${drawing}\n`).toMatchFileSnapshot(join(golden, `${program}.txt`));
  });

  test("names the line of every span's function", () => {
    const places = readTraces(storeOf(program))
      .flatMap(spansOf)
      .map((span) => attributesOf(span).source)
      .filter(({ file }) => file !== undefined);
    expect(places).not.toEqual([]);
    for (const { name, file, line = 0 } of places) {
      expect(file).toBe(`${program}.ts`);
      expect(sourceOf(program).split("\n")[line - 1]).toMatch(new RegExp(`function\\*? ${name}\\b`));
    }
  });
});

test.each(programs.filter(hasMarkerCall))(
  "examples/%s.ts warns when its marker call was not compiled",
  async (program) => {
    const { stderr } = await run("untraced", program, join(folder, "unbuilt.db"));
    expect(stderr).toContain("this file was not compiled");
  },
);

test("every golden file is of an example", () => {
  expect(
    readdirSync(golden)
      .map((file) => basename(file, ".txt"))
      .sort(),
  ).toEqual(programs);
});

test("examples/14-workers.ts has two workers at a time, and never a third", async () => {
  const store = join(folder, "workers.db");
  await run("traced", "14-workers", store);
  const [main] = readTraces(store).flatMap((trace) => trace.roots);
  const workers = main?.children ?? [];
  const runningAt = (time: bigint) => workers.filter((span) => startOf(span) <= time && time < endOf(span)).length;
  const running = workers.map((worker) => runningAt(startOf(worker)));
  expect(running.slice(0, 2)).toEqual([1, 2]);
  expect(Math.max(...running)).toBe(2);
});

function storeOf(program: string): string {
  return join(folder, `${program}.db`);
}

function hasMarkerCall(program: string): boolean {
  return /^ +trace\(\{/m.test(sourceOf(program));
}

function sourceOf(program: string): string {
  return readFileSync(join(import.meta.dirname, `../../examples/${program}.ts`), "utf8");
}

/** Nanoseconds since the Unix epoch. */
function startOf({ startUs, startNs }: RecordedSpan): bigint {
  return BigInt(startUs) * 1000n + BigInt(startNs);
}

function endOf(span: RecordedSpan): bigint {
  return startOf(span) + BigInt(span.durationNs);
}
