/** The counting server, in a process of its own. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Collector {
  readonly origin: string;
  /** Spans that were sent to a URL. */
  taken(url: string): Promise<number>;
  stop(): void;
}

export async function startCollector(): Promise<Collector> {
  const server = fork(join(import.meta.dirname, "counting-server.ts"), { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  if (server.stdout === null) throw new Error("the collector has no output");
  const [port] = await once(server.stdout, "data");
  return {
    origin: `http://127.0.0.1:${String(port).trim()}`,
    taken: async (url) => Number(await (await fetch(url)).text()),
    stop: () => void server.kill(),
  };
}
