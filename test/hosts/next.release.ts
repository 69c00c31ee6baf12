import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { FlattenMap, originalPositionFor } from "@jridgewell/trace-mapping";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installed } from "../installed.ts";
import { recordedSpans, run } from "./fixture.ts";

/** The project stands in `test/compat/next`, and has the package copied into its `node_modules`, as npm would. */
const root = join(import.meta.dirname, "../..");
let project: string;
let next: string;

beforeAll(() => {
  project = installed("next");
  next = join(project, "node_modules/next/dist/bin/next");
  const copy = join(project, "node_modules/spanwright");
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy);
  for (const part of ["dist", "package.json"]) cpSync(join(root, part), join(copy, part), { recursive: true });
}, 300_000);

describe.each([
  ["Turbopack", []],
  ["webpack", ["--webpack"]],
])("Next.js with %s", (name, flags) => {
  let store: string;
  let page: string;
  let quote: unknown;
  let stack: string;

  beforeAll(async () => {
    store = join(project, `.next/${name}.db`);
    rmSync(join(project, ".next"), { recursive: true, force: true });
    const built = await run(project, process.execPath, [next, "build", ...flags], { NEXT_TELEMETRY_DISABLED: "1" });
    if (built.status !== 0) throw new Error(built.stdout + built.stderr);
    const server = spawn(process.execPath, [next, "start", "--port", "0"], {
      cwd: project,
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", SPANWRIGHT_STORE: store },
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const address = await addressOf(server.stdout);
      page = await (await fetch(address)).text();
      quote = await (await fetch(`${address}/api/quote?symbol=abc`)).json();
      ({ stack } = (await (await fetch(`${address}/api/quote`)).json()) as { readonly stack: string });
    } finally {
      server.kill();
      await once(server, "close");
    }
  }, 300_000);

  afterAll(() => rmSync(join(project, ".next"), { recursive: true, force: true }));

  test("pages and routes answer", () => {
    expect(page).toContain("hello ada");
    expect(quote).toEqual({ quote: 3 });
  });

  test("their functions leave spans, below those of Next.js", () => {
    const own = recordedSpans(store).flatMap(
      (span) => /(?<=> |^)(?:Page|quote)\b.*(?:OK|ERROR)$/.exec(span)?.[0] ?? [],
    );
    expect(own.sort()).toEqual([
      "Page > greeting TOOL OK",
      "Page UNKNOWN OK",
      "quote UNKNOWN ERROR",
      "quote UNKNOWN OK",
    ]);
    // Its own spans stand above.
    expect(recordedSpans(store)).toContainEqual(expect.stringMatching(/api route .* > quote UNKNOWN OK$/));
  });

  test("the map leads from a stack to the source", () => {
    const [, file = "", line, column] = /\((\/.*\.js):(\d+):(\d+)\)/.exec(stack) ?? [];
    const map = new FlattenMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
    const place = originalPositionFor(map, { line: Number(line), column: Number(column) - 1 });
    const source = readFileSync(join(project, "app/api/quote/route.ts"), "utf8").split("\n");
    expect(place.source).toMatch(/app\/api\/quote\/route\.ts$/);
    // Turbopack takes no map from a loader, and both minify: only the line can be right.
    expect(source[(place.line ?? 0) - 1]).toContain("new RangeError");
  });
});

/** The address that a server prints once it is ready. */
async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  let printed = "";
  for await (const chunk of output) {
    printed += chunk;
    const address = /http:\/\/localhost:\d+/.exec(printed)?.[0];
    if (address !== undefined && printed.includes("Ready")) {
      output.resume();
      return address;
    }
  }
  throw new Error(`the server ended: ${printed}`);
}
