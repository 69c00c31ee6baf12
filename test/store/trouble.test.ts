import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "../../runtime/delivery/store.ts";
import { instrument } from "../../transformer/instrument.ts";
import { run, workFolder } from "../programs.ts";

/** A traced program whose store cannot take its spans: it runs as ever, and is told once what to do. */
const folder = workFolder("trouble");
const program = join(folder, "program.js");

const SOURCE = `
// @trace
export function add(x, y) {
  return x + y;
}
let sum = 0;
for (let i = 0; i < 200; i++) sum += add(i, 1);
await new Promise((done) => setTimeout(done, 300));
console.log(sum + add(1, 1));
`;

beforeAll(() => writeFileSync(program, instrument(SOURCE, program)?.code ?? ""));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Brings about a trouble at a path, and answers what ends it. */
type Trouble = (path: string) => () => void;

const nothing = () => {};

const TROUBLES: Readonly<Record<string, readonly [code: string, trouble: Trouble]>> = {
  "a folder in the place of the file": [
    "SW2006",
    (path) => {
      mkdirSync(path);
      return nothing;
    },
  ],
  "a file that is no database": [
    "SW2002",
    (path) => {
      writeFileSync(path, "notes of somebody's\n".repeat(100));
      return nothing;
    },
  ],
  "a store of a newer version": [
    "SW2003",
    (path) => {
      openStore(path).close();
      const db = new DatabaseSync(path);
      db.exec("PRAGMA user_version = 999");
      db.close();
      return nothing;
    },
  ],
  "a store that another program holds locked": [
    "SW2007",
    (path) => {
      openStore(path).close();
      const db = new DatabaseSync(path);
      db.exec("BEGIN EXCLUSIVE");
      return () => db.close();
    },
  ],
};

test.skipIf(process.platform !== "linux")("a place that takes no folders", () => {
  const { output, errors, status } = run(program, { SPANWRIGHT_STORE: "/proc/none/traces.db" });
  expect({ output, status }).toEqual({ output: "20102\n", status: 0 });
  expect(errors).toContain("[SW2006]");
});

test.each(Object.entries(TROUBLES))("%s", (name, [code, trouble]) => {
  const path = join(folder, `${name.replaceAll(" ", "-")}.db`);
  const end = trouble(path);
  const before = name.includes("folder") ? undefined : readFileSync(path);
  try {
    const { output, errors, status } = run(program, { SPANWRIGHT_STORE: path });
    expect({ output, status }).toEqual({ output: "20102\n", status: 0 });
    const lines = errors.trimEnd().split("\n");
    expect(lines).toEqual([
      expect.stringContaining(`[${code}]`),
      expect.stringMatching(/201 finished spans.*\[SW2108\]/),
    ]);
    if (before) expect(readFileSync(path).equals(before)).toBe(true);
  } finally {
    end();
  }
});
