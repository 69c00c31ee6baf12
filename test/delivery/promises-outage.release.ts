/** The row of the README's table of promises that takes longest. */

import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../store/folder.ts";
import { Collector } from "./collector.ts";
import { emit, names } from "./programs.ts";

const SECONDS = 65;

test("a collector that is down for a minute, at 1,000 spans a second", async () => {
  const gone = [await Collector.start(), await Collector.start()];
  const programs = gone.map(({ endpoint }, index) => {
    const store = index === 0 && join(newFolder(), "traces.db");
    return emit(0, `with its counts after ${SECONDS} seconds`, { store, otlp: { endpoint } });
  });
  await Promise.all(gone.map((collector) => collector.stop()));
  await new Promise((resolve) => setTimeout(resolve, 60_000));
  const collectors = await Promise.all(gone.map(({ portNumber }) => Collector.start(portNumber)));
  for (const [index, collector] of collectors.entries()) {
    const { code, errors = "" } = (await programs[index]?.ended) ?? {};
    expect(code).toBe(0);
    expect(errors).toMatch(/^[^\n]*ECONNREFUSED[^\n]*\[SW2204\]\n$/);
    expect(collector.names).toEqual(names(SECONDS * 1000));
    expect(collector.repeated).toBe(0);
  }
}, 180_000);
