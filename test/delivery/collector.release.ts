import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector, partialAnswer } from "./collector.ts";
import { emit, names } from "./programs.ts";

/** How a process keeps what it cannot send yet. */
const PLACES = [
  ["in the store", () => ({ store: join(newFolder(), "traces.db") })],
  ["in memory", () => ({ store: false })],
] as const;

describe.each(PLACES)("spans that wait %s", (_, place) => {
  test("arrive once each, 65,536 of one tick among them", async () => {
    const collector = await Collector.start();
    const { errors } = await emit(65_536, "with its counts", { ...place(), otlp: { endpoint: collector.endpoint } })
      .ended;
    expect(errors).toBe("");
    expect(collector.taken.size).toBe(65_536);
    expect(collector.repeated).toBe(0);
  });

  test("are sent when a collector that was down comes up", async () => {
    const first = await Collector.start();
    const { portNumber, endpoint } = first;
    await first.stop();
    const program = emit(500, "by a signal", { ...place(), otlp: { endpoint } });
    let errors = "";
    program.child.stderr?.on("data", (chunk) => {
      errors += chunk;
    });
    await expect.poll(() => errors, { timeout: 20_000 }).toMatch(/ECONNREFUSED.*\[SW2204\]/);
    const collector = await Collector.start(portNumber);
    await expect.poll(() => collector.taken.size, { timeout: 20_000 }).toBe(500);
    expect(collector.names).toEqual(names(500));
    expect(collector.repeated).toBe(0);
  });

  test.each([503, 429, 502])("are sent again after %i, not before the server wants them", async (status) => {
    const collector = await Collector.start();
    collector.manner = (_request, response) => {
      if (collector.requests.length > 1) return false;
      response.writeHead(status, { "retry-after": "1" }).end("busy");
      return true;
    };
    await emit(300, "with its counts", { ...place(), otlp: { endpoint: collector.endpoint } }).ended;
    expect(collector.names).toEqual(names(300));
    const [first, second] = collector.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  test("are counted where the collector rejects some of them", async () => {
    const collector = await Collector.start();
    collector.manner = (_request, response) => {
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end(partialAnswer(7, "too old"));
      return true;
    };
    const { output, errors } = await emit(300, "with its counts", {
      ...place(),
      otlp: { endpoint: collector.endpoint },
    }).ended;
    const [{ sent, dropped }] = Object.values(JSON.parse(output).targets) as [{ sent: number; dropped: object }];
    expect({ sent, dropped }).toEqual({
      sent: 300 - 7 * collector.requests.length,
      dropped: { SW2207: 7 * collector.requests.length },
    });
    expect(errors).toMatch(/rejected 7 of its spans \(too old\).*\[SW2207\]\n.*dropped.*SW2207.*\[SW2108\]\n$/s);
  });

  test("are dropped and counted where the collector refuses them for what they are", async () => {
    const collector = await Collector.start();
    collector.manner = (_request, response) => {
      response.writeHead(400).end("malformed");
      return true;
    };
    const { errors } = await emit(10, "with its counts", { ...place(), otlp: { endpoint: collector.endpoint } }).ended;
    expect(errors).toMatch(/400 \(malformed\).*\[SW2206\]\n.*10 finished spans were dropped.*SW2206.*\[SW2108\]\n$/s);
  });

  test("do not keep a process from ending when the collector never answers", async () => {
    const mute = createServer(() => {});
    await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void mute.close());
    const address = mute.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const { code, output } = await emit(100, "naturally", {
      ...place(),
      otlp: { endpoint: `http://127.0.0.1:${port}` },
    }).ended;
    expect(code).toBe(0);
    // The bound is the promise itself: two seconds, and what a busy machine adds.
    expect(Number(/after (\d+) ms/.exec(output)?.[1])).toBeLessThan(4000);
  });
});
