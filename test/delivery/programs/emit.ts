/**
 * Ends spans `s0`, `s1` and so on, then ends as its second argument says. The first is their number, the third
 * the options of `init` as JSON. On standard output: `ready` once the spans have ended, `after N ms` at the end.
 */

import { flushTraces, init, startSpan, stats, withSpan } from "../../../runtime/index.ts";

const [number = "0", end = "naturally", options = "{}"] = process.argv.slice(2);
const COUNT = Number(number);
init({ enabled: true, ...JSON.parse(options) });
for (let index = 0; index < COUNT; index++) withSpan(() => index, { name: `s${index}` });

/** Ends a thousand spans a second, as far as the machine keeps up, and as many as that makes in all. */
function steadily(seconds: number): Promise<void> {
  const began = performance.now();
  let number = 0;
  return new Promise((resolve) => {
    const interval = setInterval(() => {
      const due = Math.min(seconds * 1000, Math.floor(performance.now() - began));
      for (; number < due; number++) withSpan(() => number, { name: `s${number}` });
      if (number < seconds * 1000) return;
      clearInterval(interval);
      resolve();
    }, 10);
  });
}

/** Lives until all spans are done with, then prints the counts. */
function count(): void {
  const interval = setInterval(() => {
    const { waiting, targets } = stats();
    if (waiting > 0 || Object.values(targets).some(({ pending }) => pending > 0)) return;
    clearInterval(interval);
    process.stdout.write(`${JSON.stringify(stats())}\n`);
  }, 10);
}

const ENDS: Readonly<Record<string, () => unknown>> = {
  naturally: () => undefined,
  "by process.exit": () => process.exit(3),
  "by an uncaught error": () => {
    throw new RangeError("the end");
  },
  "by an unhandled rejection": () => Promise.reject(new RangeError("the end")),
  // Waits to be killed, with a span that has just ended.
  "by a signal": () => {
    setInterval(() => {}, 1000);
    setImmediate(() => setImmediate(() => process.stdout.write("ready\n")));
  },
  // Busy for longer than spans may wait: the loop finds a due timer and the signal at once.
  "by a signal that comes while it is busy": () => {
    setInterval(() => {}, 1000);
    setImmediate(() =>
      setImmediate(() => {
        process.stdout.write("ready\n");
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
      }),
    );
  },
  "by a handled signal": () => {
    process.on("SIGTERM", () => process.exit(5));
    setInterval(() => {}, 1000);
    setImmediate(() => setImmediate(() => process.stdout.write("ready\n")));
  },
  // As the package signal-exit does, which many command line tools are built with.
  "by a signal that a library raises again": () => {
    const raise = () => {
      if (process.listenerCount("SIGTERM") > 1) return;
      process.removeListener("SIGTERM", raise);
      process.kill(process.pid, "SIGTERM");
    };
    process.on("SIGTERM", raise);
    setInterval(() => {}, 1000);
    setImmediate(() => setImmediate(() => process.stdout.write("ready\n")));
  },
  "without looking up": () => {
    process.stdout.write("ready\n");
    for (;;) startSpan;
  },
  // Its clock is set an hour ahead, then two hours back, while spans wait.
  "by a clock that jumps": async () => {
    const { now } = Date;
    for (const hours of [1, -2, 0]) {
      Date.now = () => now() + hours * 3_600_000;
      withSpan(() => hours, { name: `s${COUNT + [1, -2, 0].indexOf(hours)}` });
      await flushTraces();
    }
  },
  "with a span in an exit handler": () => {
    process.on("exit", () => withSpan(() => undefined, { name: `s${COUNT}` }));
  },
  "with a password among its inputs": () => {
    const inputs = {
      user: "me",
      password: "s3cr3t-t0ken",
      login: { headers: { authorization: "Bearer s3cr3t-t0ken" } },
    };
    withSpan(() => ({ apiKey: "s3cr3t-t0ken" }), { name: "login", inputs });
  },
  "with its counts": count,
  "with its counts after 65 seconds": () => steadily(65).then(count),
};
const ending = performance.now();
process.on("exit", () => {
  if (end === "naturally") process.stdout.write(`after ${Math.round(performance.now() - ending)} ms\n`);
});
ENDS[end]?.();
