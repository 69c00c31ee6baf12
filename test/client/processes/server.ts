/** An HTTP server that goes on with its callers' traces; says its port, and stops with its parent's message. */

import { createServer } from "node:http";
import { init, shutdown, withSpan, withTracingHeaders } from "../../../runtime/index.ts";

init({ store: process.argv[2] ?? "" });

const server = createServer((request, response) => {
  withTracingHeaders(request.headers, () =>
    withSpan(
      async () => {
        await null;
        withSpan(() => {}, { name: "work in the server" });
        response.end("answer");
      },
      { name: `handle ${request.url}` },
    ),
  );
});

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});

process.once("message", async () => {
  await shutdown();
  server.closeAllConnections();
  server.close(() => process.disconnect());
});
