/**
 * Serves the working directory with Vite and the plugin. Prints what `src/main.ts` prints when a server loads it, and
 * then as JSON what a browser gets, before and after `src/shop.ts` changes.
 */

import { on } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import spanwright from "spanwright/vite";
import { createServer } from "vite";

const server = await createServer({
  configFile: false,
  logLevel: "error",
  plugins: [spanwright()],
  server: { port: 0 },
});
await server.listen();
const [address = ""] = server.resolvedUrls?.local ?? [];

await server.ssrLoadModule("/src/main.ts");
await served("/src/hot.ts");
const before = await served("/src/shop.ts");
const [, path = ""] = /from "([^"]*\/compiled\.js[^"]*)"/.exec(before) ?? [];
const runtime = await served(path);
const plain = await served("/src/plain.ts");
const accepted = await acceptedAfterChange();
const after = await served(`/src/shop.ts?t=${accepted.timestamp}`);
console.log(JSON.stringify({ before, runtime, plain, accepted: accepted.acceptedPath, after }));
await server.close();

/** The text of a module as a browser gets it. */
async function served(path: string): Promise<string> {
  return (await fetch(new URL(path, address))).text();
}

interface Accepted {
  readonly acceptedPath: string;
  readonly timestamp: number;
}

/** What a page is told to load again once a price has changed. */
async function acceptedAfterChange(): Promise<Accepted> {
  const socket = new WebSocket(
    new URL(`?token=${server.config.webSocketToken}`, address.replace("http", "ws")),
    "vite-hmr",
  );
  for await (const [{ data }] of on(socket, "message")) {
    const { type, updates = [] }: { type: string; updates?: readonly Accepted[] } = JSON.parse(data);
    if (type === "connected") {
      const shop = readFileSync("src/shop.ts", "utf8");
      writeFileSync("src/shop.ts", shop.replace("price * 10", "price * 100"));
    } else if (type === "update" && updates[0]) {
      socket.close();
      return updates[0];
    }
  }
  throw new Error("the server closed the socket");
}
