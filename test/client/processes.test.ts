import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { beforeEach, expect, test } from "vitest";
import { getTrace, tracingEnvironment, tracingHeaders, withSpan } from "../../runtime/index.ts";
import { recordIntoStore } from "./recorded-store.ts";

let store = "";
beforeEach(() => {
  store = recordIntoStore();
});

const program = (name: string) => join(import.meta.dirname, "processes", name);

/** Names of a trace's spans, each with its parent's. */
async function family(traceId: string): Promise<Record<string, string | undefined>> {
  const spans = (await getTrace(traceId))?.data.spans ?? [];
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
  return Object.fromEntries(spans.map(({ name, parentId }) => [name, names.get(parentId ?? "")]));
}

test("a request goes on in the server's process, in one trace and one store", async () => {
  const server: ChildProcess = fork(program("server.ts"), [store], { execArgv: ["--no-warnings"] });
  const [port] = await once(server, "message");
  const traceId = await withSpan(
    async (span) => {
      const answers = await Promise.all(
        ["a", "b"].map((path) =>
          withSpan(
            async () => (await fetch(`http://127.0.0.1:${port}/${path}`, { headers: tracingHeaders() })).text(),
            {
              name: `fetch ${path}`,
            },
          ),
        ),
      );
      expect(answers).toEqual(["answer", "answer"]);
      return span.traceId;
    },
    { name: "client" },
  );
  server.send("stop");
  await once(server, "exit");
  expect(await family(traceId)).toEqual({
    client: undefined,
    "fetch a": "client",
    "fetch b": "client",
    "handle /a": "fetch a",
    "handle /b": "fetch b",
    "work in the server": expect.stringMatching(/^handle/),
  });
});

test("a child process goes on with the trace its environment names", async () => {
  const traceId = withSpan(
    (span) => {
      const env = { PATH: process.env.PATH, ...tracingEnvironment() };
      const { status } = spawnSync(process.execPath, ["--no-warnings", program("job.ts"), store], { env });
      expect(status).toBe(0);
      return span.traceId;
    },
    { name: "parent process" },
  );
  expect(await family(traceId)).toEqual({ "parent process": undefined, "child process": "parent process" });
});

test("a worker thread goes on with the trace of its workerData, and of its messages", async () => {
  const traceId = await withSpan(
    async (span) => {
      const task = (name: string) => ({ store, name, headers: tracingHeaders() });
      const worker = new Worker(program("worker.ts"), {
        workerData: task("by workerData"),
        execArgv: ["--no-warnings"],
      });
      worker.postMessage(task("by message"));
      await once(worker, "message");
      await worker.terminate();
      return span.traceId;
    },
    { name: "main thread" },
  );
  expect(await family(traceId)).toEqual({
    "main thread": undefined,
    "by workerData": "main thread",
    "by message": "main thread",
  });
});
