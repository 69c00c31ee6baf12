/**
 * Ends spans in four places at once: in the program itself, `s0` and on, and in three members of the kind that
 * the first argument names, each numbered on from the one before. The second is the number of spans of each,
 * the third the options of `init` as JSON.
 */

import { fork } from "node:child_process";
import cluster from "node:cluster";
import { once } from "node:events";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { init, withSpan } from "../../../runtime/index.ts";

const MEMBERS = [1, 2, 3];
const [kind = "", count = "0", options = "{}", member] = process.argv.slice(2);
const file = import.meta.filename;

init({ enabled: true, ...JSON.parse(options) });

/** Ends the spans of a place, thirty in each turn of the event loop, and lets the last turn end. */
async function work(place: number): Promise<void> {
  for (let number = 0; number < Number(count); number++) {
    withSpan(() => number, { name: `s${place * Number(count) + number}` });
    if (number % 30 === 0) await new Promise(setImmediate);
  }
  await new Promise(setImmediate);
}

const thread = (place: number) => new Worker(file, { argv: process.argv.slice(2), workerData: place });

/** How members are brought up; each resolves when they have ended. */
const KINDS: Readonly<Record<string, (place: number) => Promise<unknown>>> = {
  "forked processes": (place) => once(fork(file, [kind, count, options, `${place}`]), "exit"),
  "a cluster": async () => {
    const worker = cluster.fork();
    await once(worker, "message");
    const ended = once(worker, "exit");
    worker.kill();
    await ended;
  },
  "worker threads": (place) => once(thread(place), "exit"),
  "terminated threads": async (place) => {
    const worker = thread(place);
    await once(worker, "message");
    await worker.terminate();
  },
};

if (member !== undefined) await work(Number(member));
else if (cluster.isWorker) {
  await work(cluster.worker?.id ?? 0);
  process.send?.("done");
} else if (isMainThread) {
  await Promise.all([work(0), ...MEMBERS.map((place) => KINDS[kind]?.(place))]);
} else {
  await work(workerData);
  if (kind === "terminated threads") parentPort?.on("message", () => {}).postMessage("done");
}
