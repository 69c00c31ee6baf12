import { context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { expect, test } from "vitest";
import { getCurrentActiveSpan } from "../../runtime/index.ts";
import { asyncCall, leaf } from "./emitted.ts";
import { record, takeSpans } from "./recorded.ts";

test("a registered context manager is adopted: both sides see the same current span", async () => {
  const manager = new AsyncLocalStorageContextManager().enable();
  context.setGlobalContextManager(manager);
  record();
  const seen: unknown[] = [];
  const compare = () => seen.push(trace.getSpan(manager.active()) === getCurrentActiveSpan());
  await asyncCall(compare, () => null, () => leaf(1, 2)); // biome-ignore format: one call
  compare();
  expect(seen).toEqual([true, false]);
  const [inner, outer] = takeSpans();
  expect(inner?.parentId).toBe(outer?.spanId);
  expect(trace.getSpan(manager.active())).toBeUndefined();
});
