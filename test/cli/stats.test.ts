import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../runtime/delivery/store.ts";
import { openStoreOutbox } from "../../runtime/delivery/store-outbox.ts";
import { newFolder } from "../store/folder.ts";
import { finishedSpan, traceInfo } from "../store/spans.ts";

const TARGET = { key: "otlp http://localhost:4318/v1/traces", takesChanges: false };

/** A store of three traces: one was sent and one was rejected, one waits. */
function halfSent(): string {
  const path = join(newFolder(), "traces.db");
  const store = openStore(path, { resource: "{}", targets: [TARGET], retention: {} });
  const write = (digit: string) => store.write([finishedSpan({ trace: traceInfo({ traceId: digit.repeat(32) }) })]);
  write("a");
  write("b");
  const outbox = openStoreOutbox(path, TARGET.key);
  const parcel = outbox.claim(10, 1e6);
  if (parcel === undefined) throw new Error("nothing waits");
  outbox.settle(parcel, { sent: 1, dropped: [["SW2207", 1]] });
  outbox.close();
  write("c");
  store.close();
  return path;
}

function stats(...args: string[]) {
  const command = join(import.meta.dirname, "../../dist/cli/index.js");
  return spawnSync(process.execPath, [command, "stats", ...args], { encoding: "utf8" });
}

test("says what is stored, was sent, waits and was dropped", () => {
  const path = halfSent();
  const { stdout, status } = stats("--store", path);
  expect(status).toBe(0);
  expect(stdout.replace(/\d\.\d MB/, "N MB")).toBe(`${path}: 3 traces, 3 spans, N MB

otlp http://localhost:4318/v1/traces
  1 sent, 1 pending, 1 dropped (SW2207)
`);
});

test("says it as JSON", () => {
  const { stdout } = stats("--json", "--store", halfSent());
  expect(JSON.parse(stdout)).toEqual({
    traces: 3,
    spans: 3,
    bytes: expect.any(Number),
    targets: { [TARGET.key]: { pending: 1, sent: 1, dropped: { SW2207: 1 } } },
  });
});

test("takes no argument", () => {
  expect(stats("everything")).toMatchObject({ status: 2, stderr: expect.stringContaining("SW3501") });
});
