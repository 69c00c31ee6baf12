import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixtureCopy, linesOf, OUTPUT, recordedSpans, run, SPANS, THROWN_AT } from "./fixture.ts";

describe("Vite's development server", () => {
  const folder = fixtureCopy("vite");
  const store = join(folder, "traces.db");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let printed: string;
  let seen: { before: string; runtime: string; plain: string; accepted: string; after: string };

  beforeAll(async () => {
    writeFileSync(
      join(folder, "src/hot.ts"),
      'import { prices } from "./shop.ts";\nif (import.meta.hot) import.meta.hot.accept("./shop.ts", () => prices(1));\n',
    );
    const script = join(import.meta.dirname, "vite-server.ts");
    const { stdout, stderr } = await run(folder, process.execPath, ["--enable-source-maps", script], {
      SPANWRIGHT_STORE: store,
    });
    if (stderr !== "") throw new Error(stderr);
    const json = stdout.lastIndexOf("\n{") + 1;
    printed = stdout.slice(0, json);
    seen = JSON.parse(stdout.slice(json));
  });

  test("a server runs the program with its spans, and stacks lead to the source", () => {
    expect(linesOf(printed)).toEqual(OUTPUT);
    expect(recordedSpans(store)).toEqual(SPANS);
    expect(printed).toContain(`/src/${THROWN_AT}`);
  });

  test("a browser gets the spans, the runtime, and other files as they are", () => {
    expect(seen.before).toContain('sites(2, "src/shop.ts"');
    expect(seen.runtime).toMatch(/\bsites\b/);
    expect(seen.plain).not.toContain("spanwright");
  });

  test("a page that hot module replacement updates gets the changed file with its spans", () => {
    expect(seen.accepted).toBe("/src/shop.ts");
    expect(seen.after).toContain("price * 100");
    expect(seen.after).toContain('sites(2, "src/shop.ts"');
  });
});

test("Vitest runs tests of traced functions by the Vite plugin", async () => {
  const folder = fixtureCopy("vitest");
  const store = join(folder, "traces.db");
  writeFileSync(
    join(folder, "vitest.config.mjs"),
    'import spanwright from "spanwright/vite";\nexport default { plugins: [spanwright()] };\n',
  );
  writeFileSync(
    join(folder, "src/shop.test.ts"),
    'import { expect, test } from "vitest";\nimport { prices, refuse } from "./shop.ts";\n' +
      'test("prices", async () => expect(await Array.fromAsync(prices(2))).toEqual([10, 20]));\n' +
      'test("refuses", () => refuse("ada"));\n',
  );
  const vitest = join(import.meta.dirname, "../../node_modules/vitest/vitest.mjs");
  const { stdout, stderr } = await run(folder, process.execPath, [vitest, "run"], { SPANWRIGHT_STORE: store });
  const place = THROWN_AT.replace("shop.ts", "src/shop.ts");
  expect(stdout, stderr).toMatch(/1 failed \| 1 passed/);
  expect(stderr).toContain("RangeError: no credit for ada");
  expect(stderr).toContain(place);
  expect(recordedSpans(store)).toEqual(["prices UNKNOWN OK", "refuse TOOL ERROR"]);
  rmSync(folder, { recursive: true, force: true });
});
