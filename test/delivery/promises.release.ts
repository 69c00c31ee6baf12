/** The rows of the README's table of promises that take long, each with spans that wait in the store and in memory. */

import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector, partialAnswer } from "./collector.ts";
import { emit, names } from "./programs.ts";

/** How a process keeps what it cannot send yet. */
const PLACES = [() => ({ store: join(newFolder(), "traces.db") }), () => ({ store: false })];

/** Runs a program that waits until all its spans are done with, and answers what it says of them. */
async function countsOf(count: number, place: object, { endpoint }: Collector): Promise<Counts> {
  const { output, errors } = await emit(count, "with its counts", { ...place, otlp: { endpoint } }).ended;
  const [{ sent, dropped }] = Object.values(JSON.parse(output).targets) as [Counts];
  return { sent, dropped, errors };
}

interface Counts {
  readonly sent: number;
  readonly dropped: object;
  readonly errors: string;
}

test("65,536 spans of one tick", async () => {
  for (const place of PLACES) {
    const collector = await Collector.start();
    expect(await countsOf(65_536, place(), collector)).toEqual({ sent: 65_536, dropped: {}, errors: "" });
    expect(collector.names).toEqual(names(65_536));
    expect(collector.repeated).toBe(0);
  }
}, 120_000);

test("no store: more spans than may wait", async () => {
  const collector = await Collector.start();
  const { sent, dropped, errors } = await countsOf(70_000, { store: false }, collector);
  expect({ sent, dropped }).toEqual({ sent: 65_536, dropped: { SW2208: 70_000 - 65_536 } });
  expect(errors).toMatch(/4464 finished spans were dropped: .*\(SW2208\).*\[SW2108\]\n$/);
  expect(collector.names).toEqual(names(70_000).slice(-65_536));
}, 60_000);

test("a collector that answers 429 or 503 with Retry-After", async () => {
  for (const place of PLACES) {
    for (const status of [429, 502, 503]) {
      const collector = await Collector.start();
      collector.manner = (_request, response) => {
        if (collector.requests.length > 1) return false;
        response.writeHead(status, { "retry-after": "1" }).end("busy");
        return true;
      };
      expect(await countsOf(300, place(), collector)).toMatchObject({ sent: 300, dropped: {} });
      expect(collector.names).toEqual(names(300));
      const [first, second] = collector.requests;
      expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    }
  }
}, 60_000);

test("a collector that rejects some spans", async () => {
  for (const place of PLACES) {
    const collector = await Collector.start();
    collector.manner = (_request, response) => {
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end(partialAnswer(7, "too old"));
      return true;
    };
    const { sent, dropped, errors } = await countsOf(300, place(), collector);
    const lost = 7 * collector.requests.length;
    expect({ sent, dropped }).toEqual({ sent: 300 - lost, dropped: { SW2207: lost } });
    expect(errors).toMatch(/rejected 7 of its spans \(too old\).*\[SW2207\]\n.*dropped.*SW2207.*\[SW2108\]\n$/s);
  }
});

test("a collector that refuses spans for what they are", async () => {
  for (const place of PLACES) {
    const collector = await Collector.start();
    collector.manner = (_request, response) => {
      response.writeHead(400).end("malformed");
      return true;
    };
    const { errors, ...counts } = await countsOf(10, place(), collector);
    expect(counts).toEqual({ sent: 0, dropped: { SW2206: 10 } });
    expect(errors).toMatch(/400 \(malformed\).*\[SW2206\]\n.*10 finished spans were dropped.*SW2206.*\[SW2108\]\n$/s);
  }
});

test("a slow collector", async () => {
  for (const place of PLACES) {
    const collector = await Collector.start();
    collector.latencyMs = 1000;
    expect(await countsOf(20_000, place(), collector)).toEqual({ sent: 20_000, dropped: {}, errors: "" });
    expect(collector.names).toEqual(names(20_000));
    expect(collector.repeated).toBe(0);
  }
}, 120_000);

test("a collector that never answers again", async () => {
  const mute = createServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void mute.close());
  const address = mute.address();
  const port = typeof address === "object" ? address?.port : undefined;
  for (const place of PLACES) {
    const options = { ...place(), otlp: { endpoint: `http://127.0.0.1:${port}` } };
    const { code, output } = await emit(100, "naturally", options).ended;
    expect(code).toBe(0);
    // The bound is the promise itself: two seconds, and what a busy machine adds.
    expect(Number(/after (\d+) ms/.exec(output)?.[1])).toBeLessThan(4000);
  }
});
