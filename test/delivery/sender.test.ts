import { expect, test } from "vitest";
import type { Outbox, Parcel } from "../../runtime/delivery/outbox.ts";
import { Sender } from "../../runtime/delivery/sender.ts";
import type { Target } from "../../runtime/delivery/target.ts";

const target: Target = {
  key: "test",
  label: "test",
  takesChanges: false,
  inFlight: 4,
  batch: 1,
  parcelBytes: 1,
  delayMs: 0,
  queue: 100,
  connect: async () => ({ send: async () => ({ is: "done", dropped: [] }), hold() {}, close() {} }),
};

/** Counts the turns of the event loop. */
function turns(): { count: number; stop(): void } {
  const loop = { count: 0, stop: () => clearImmediate(next) };
  const again = () => {
    loop.count += 1;
    next = setImmediate(again);
  };
  let next = setImmediate(again);
  return loop;
}

test("a turn of the event loop brings one parcel on its way, however many may be under way", async () => {
  const loop = turns();
  const waiting: Parcel[] = Array.from({ length: 9 }, () => ({ groups: [], changed: [], spans: 1, uncertain: false }));
  const claimed: number[] = [];
  const outbox: Outbox = {
    claim() {
      const parcel = waiting.shift();
      if (parcel !== undefined) claimed.push(loop.count);
      return parcel;
    },
    settle() {},
    pending: () => waiting.length,
    trace: () => undefined,
    told: () => undefined,
    tell() {},
    close() {},
  };
  const sender = new Sender(target, () => outbox);
  await sender.flush(10_000);
  sender.close();
  loop.stop();
  expect(claimed).toHaveLength(9);
  expect(new Set(claimed).size).toBe(9);
});
