/** A worker thread, and a worker of a pool, which go on with the trace that came with its data. */

import { parentPort, workerData } from "node:worker_threads";
import { flushTraces, init, withSpan, withTracingHeaders } from "../../../runtime/index.ts";

/** A task: where its traces go, and the trace it is a part of. */
export interface Task {
  readonly store: string;
  readonly name: string;
  readonly headers: Record<string, string>;
}

/** Does a task. */
export default async function work({ store, name, headers }: Task): Promise<number> {
  init({ store });
  const result = withTracingHeaders(headers, () => withSpan(() => name.length, { name }));
  await flushTraces();
  return result;
}

const first: unknown = workerData;
if (isTask(first)) void work(first).then(() => parentPort?.once("message", (task: Task) => work(task).then(() => parentPort?.postMessage("done")))); // biome-ignore format: one chain

function isTask(data: unknown): data is Task {
  return typeof data === "object" && data !== null && "headers" in data;
}
