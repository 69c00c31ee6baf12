import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { installed, NODES } from "../installed.ts";
import {
  fixtureCopy,
  LEGACY_OUTPUT,
  LEGACY_SPANS,
  LEGACY_THROWN_AT,
  linesOf,
  OUTPUT,
  PAGE_OUTPUT,
  PAGE_SPAN,
  recordedSpans,
  run,
  SPANS,
  THROWN_AT,
} from "./fixture.ts";

interface Runtime {
  readonly program: () => string;
  readonly flags: () => readonly string[];
  /** Whether it can load `app.ts`, with its JSX, rather than `main.ts`. */
  readonly knowsJsx?: true;
  /** Bun reads no maps of plugins, so only the lines are right. */
  readonly columns?: false;
  /** What it says of CommonJS with marks, which runs untraced. */
  readonly declinesCommonJs?: string;
}

const runtimes = (name: string) => join(installed("runtimes"), "node_modules", name);
const register = ["--import", "spanwright/register"];
const tsx = () => ["--enable-source-maps", ...register, "--import", runtimes("tsx/dist/loader.mjs")];

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  ...Object.fromEntries(
    Object.entries(NODES).flatMap(([name, program]): [string, Runtime][] => [
      [name, { program, flags: () => ["--enable-source-maps", ...register] }],
      [`${name} with tsx`, { program, flags: tsx, knowsJsx: true }],
    ]),
  ),
  Deno: {
    program: () => runtimes("@deno/linux-x64-glibc/deno"),
    flags: () => ["run", "--allow-all", "--preload", "npm:spanwright/register"],
  },
  Bun: {
    program: () => runtimes("@oven/bun-linux-x64/bin/bun"),
    flags: () => ["--preload", "spanwright/register"],
    knowsJsx: true,
    columns: false,
    declinesCommonJs: "SW3011",
  },
};

const folder = fixtureCopy("register-runtimes");
const store = join(folder, "traces.db");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(store + suffix, { force: true });
});

describe.each(Object.entries(RUNTIMES))(
  "%s",
  (_name, { program, flags, knowsJsx, columns = true, declinesCommonJs }) => {
    const start = (...args: readonly string[]) =>
      run(folder, program(), [...flags(), ...args], { SPANWRIGHT_STORE: store });
    const complaint = declinesCommonJs === undefined ? /^$/ : new RegExp(declinesCommonJs);
    const place = (thrownAt: string) => `/src/${columns ? thrownAt : thrownAt.replace(/\d+$/, "")}`;

    test("ES modules", async () => {
      const { status, stdout, stderr } = await start(knowsJsx ? "src/app.ts" : "src/main.ts");
      expect([status, linesOf(stdout)]).toEqual([0, knowsJsx ? [PAGE_OUTPUT, ...OUTPUT] : OUTPUT]);
      expect(stderr).toMatch(complaint);
      expect(recordedSpans(store)).toEqual(knowsJsx ? [PAGE_SPAN, ...SPANS] : SPANS);
      expect(stdout).toContain(place(THROWN_AT));
    });

    test("CommonJS, as the entry and imported", async () => {
      writeFileSync(join(folder, "src/imports.ts"), 'import "./legacy.cts";\n');
      for (const entry of ["src/legacy.cts", "src/imports.ts"]) {
        const { status, stdout, stderr } = await start(entry);
        expect([status, linesOf(stdout)], entry).toEqual([0, LEGACY_OUTPUT]);
        expect(stderr, entry).toMatch(complaint);
        expect(stdout, entry).toContain(place(LEGACY_THROWN_AT));
      }
      if (declinesCommonJs === undefined)
        expect(recordedSpans(store)).toEqual([...LEGACY_SPANS, ...LEGACY_SPANS].sort());
      else expect(existsSync(store)).toBe(false);
    });
  },
);

test("bun test", async () => {
  writeFileSync(join(folder, "bunfig.toml"), '[test]\npreload = ["spanwright/register"]\n');
  writeFileSync(
    join(folder, "src/shop.test.ts"),
    'import { expect, test } from "bun:test";\nimport { refuse } from "./shop.ts";\n' +
      'test("refuses", () => expect(refuse("ada")).rejects.toThrow("no credit"));\n',
  );
  const { status, stderr } = await run(folder, runtimes("@oven/bun-linux-x64/bin/bun"), ["test"], {
    SPANWRIGHT_STORE: store,
  });
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 pass")]);
  expect(recordedSpans(store)).toEqual(["refuse TOOL ERROR"]);
});
