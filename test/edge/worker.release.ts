import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { Collector } from "../delivery/collector.ts";
import { installed } from "../installed.ts";
import { bundle } from "./bundle.ts";
import { families, traceCount } from "./spans.ts";

/** A worker in workerd, by miniflare. */
interface Worker {
  dispatchFetch(url: string): Promise<Response>;
  dispose(): Promise<void>;
}

async function start(collector: Collector, compatibilityFlags: readonly string[]): Promise<Worker> {
  const { Miniflare } = createRequire(join(installed("edge"), "package.json"))("miniflare");
  const outputs = await bundle("worker.ts", ["workerd", "worker", "browser"]);
  const worker: Worker = new Miniflare({
    modules: outputs.map(({ name, bytes }) => ({
      type: "ESModule",
      path: name,
      contents: Buffer.from(bytes).toString("utf8"),
    })),
    compatibilityDate: "2026-07-01",
    compatibilityFlags,
    bindings: { COLLECTOR: collector.endpoint },
  });
  onTestFinished(() => worker.dispose());
  return worker;
}

const request = async (worker: Worker, path: string) => (await worker.dispatchFetch(`http://worker${path}`)).text();

describe.each([
  ["with Node's modules", ["nodejs_compat"]],
  ["without Node's modules", []],
])("a worker %s", (_, flags) => {
  test("answers as ever and sends its spans after the response", async () => {
    const collector = await Collector.start();
    const worker = await start(collector, flags);
    expect(await request(worker, "/a")).toBe("you asked for /a");
    await expect
      .poll(() => families(collector), { timeout: 20_000 })
      .toEqual(["GET /a", "answer < GET /a", "render < answer"]);
    expect(await request(worker, "/b")).toBe("you asked for /b");
    await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(6);
    expect(traceCount(collector)).toBe(2);
    expect(collector.repeated).toBe(0);
  });
});

test("requests that a worker handles at once are traces of their own", async () => {
  const collector = await Collector.start();
  const worker = await start(collector, ["nodejs_compat"]);
  const paths = Array.from({ length: 20 }, (_, number) => `/${number}`);
  await Promise.all(paths.map((path) => request(worker, path)));
  await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(60);
  const roots = paths.map((path) => `GET ${path}`);
  const wanted = [...roots, ...roots.map((root) => `answer < ${root}`), ...roots.map(() => "render < answer")];
  expect(families(collector)).toEqual(wanted.sort());
  expect(traceCount(collector)).toBe(20);
});

test("spans of a worker wait for a collector that was away", async () => {
  const collector = await Collector.start();
  const worker = await start(collector, ["nodejs_compat"]);
  collector.manner = (_request, response) => {
    response.writeHead(503).end();
    return true;
  };
  await request(worker, "/a");
  await expect.poll(() => collector.requests.length, { timeout: 20_000 }).toBeGreaterThan(0);
  collector.manner = () => false;
  await request(worker, "/b");
  await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(6);
  expect(collector.repeated).toBe(0);
});
