import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  DeliveryError,
  type Destination,
  type FinishedSpan,
  type TraceInfo,
} from "../../runtime/delivery/destination.ts";
import { StoreQueue } from "../../runtime/delivery/queue.ts";
import { tally } from "../../runtime/delivery/tally.ts";
import { withSpan } from "../../runtime/index.ts";
import type { RecordedSpan } from "../../runtime/span.ts";
import { record, takeSpans } from "./recorded.ts";

/** A destination in memory that can be told to refuse. */
class Memory implements Destination {
  readonly batches: (readonly FinishedSpan[])[] = [];
  readonly updates: TraceInfo[] = [];
  refusal: DeliveryError | undefined;
  closed = false;

  write(spans: readonly FinishedSpan[]): void {
    if (this.refusal !== undefined) throw this.refusal;
    this.batches.push(spans);
  }

  update(trace: TraceInfo): void {
    this.updates.push(trace);
  }

  drain(): void {}

  close(): void {
    this.closed = true;
  }

  get sizes(): number[] {
    return this.batches.map((batch) => batch.length);
  }

  get names(): string[] {
    return this.batches.flat().map((span) => span.name);
  }
}

const busy = new DeliveryError("SW2007", "it is locked", "Wait.", true);
const broken = new DeliveryError("SW2004", "it is read-only", "Change that.", false);

let warnings: string[];
let memory: Memory;
let queue: StoreQueue;

function spans(count: number): RecordedSpan[] {
  for (let index = 0; index < count; index++) withSpan(() => {}, { name: `s${index}` });
  return takeSpans();
}

function take(count: number): void {
  for (const span of spans(count)) queue.take(span);
}

beforeEach(() => {
  record();
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((line) => void warnings.push(line));
  memory = new Memory();
  queue = new StoreQueue(() => memory);
});

afterEach(() => {
  memory.refusal = undefined;
  queue.close();
  vi.restoreAllMocks();
});

describe("the queue of finished spans", () => {
  test("writes a batch as soon as it is full", () => {
    take(63);
    expect(memory.sizes).toEqual([]);
    take(1);
    expect(memory.sizes).toEqual([64]);
  });

  test("writes what is there when asked, in the order of the spans' ends", () => {
    take(3);
    queue.flush();
    expect(memory.names).toEqual(["s0", "s1", "s2"]);
  });

  test("writes what is old when the event loop comes by", async () => {
    take(1);
    await vi.waitFor(() => expect(memory.sizes).toEqual([1]));
  });

  test("writes traces that changed, after their spans", () => {
    const [span] = spans(1);
    if (span === undefined) throw new Error("no span");
    queue.take(span);
    queue.takeChange(span.trace);
    queue.flush();
    expect([memory.sizes, memory.updates]).toEqual([[1], [span.trace]]);
  });

  test("keeps spans while the destination is busy", () => {
    memory.refusal = busy;
    take(100);
    queue.flush();
    expect(memory.sizes).toEqual([]);
    memory.refusal = undefined;
    queue.flush();
    expect(memory.sizes).toEqual([64, 36]);
    expect(warnings).toEqual([expect.stringMatching(/it is locked.*Wait\..*\[SW2007\]/)]);
  });

  test("drops the oldest when too many wait, and counts them", () => {
    memory.refusal = busy;
    const [span] = spans(1);
    if (span === undefined) throw new Error("no span");
    for (let index = 0; index < 65_536 + 100; index++) queue.take(span);
    queue.flush();
    memory.refusal = undefined;
    queue.close();
    expect(memory.sizes.reduce((sum, size) => sum + size)).toBe(65_536);
    expect(tally.stats(0, new Map()).dropped).toEqual({ SW2007: 100 });
  });

  test("reports a destination that fails, once", () => {
    memory.refusal = broken;
    take(64);
    take(64);
    expect(warnings).toEqual([expect.stringMatching(/it is read-only\. Change that\. \[SW2004\]/)]);
  });

  test("asks a destination that cannot be opened only once", () => {
    let asked = 0;
    queue = new StoreQueue(() => {
      asked += 1;
      throw broken;
    });
    take(64);
    take(64);
    expect(asked).toBe(1);
  });

  test("releases the destination when it closes", () => {
    take(1);
    queue.close();
    expect([memory.sizes, memory.closed]).toEqual([[1], true]);
  });
});
