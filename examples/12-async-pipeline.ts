// Asynchronous functions: a span lasts until its function is done, not until it first waits.
//
// The span is current again after every await, so the pipeline's span has a child for each item.

import { setTimeout } from "node:timers/promises";

// @trace
async function operation(data: string): Promise<string> {
  await setTimeout(10);
  return `processed: ${data}`;
}

// @trace
async function pipeline(items: readonly string[]): Promise<string[]> {
  const results: string[] = [];
  for (const item of items) results.push(await operation(item));
  return results;
}

console.log(await pipeline(["item1", "item2", "item3"]));
