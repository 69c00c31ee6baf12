/** A local server that answers as a language model's API does, whole or as a stream of events. */

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";

/** What the server was asked. */
export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A path of the API. */
export interface Api {
  readonly whole: (body: Asked["body"]) => object;
  /** The events of the same answer. */
  readonly events?: (body: Asked["body"]) => object[];
}

export interface ModelServer {
  readonly url: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/**
 * Starts it on a free port of this machine. Some models fail: `refuses`, `busy`, `recovers` at the first request of
 * each, `silent` without an answer, `hangs` and `breaks` in the middle of a stream.
 */
export async function startModelServer(apis: Readonly<Record<string, Api>>): Promise<ModelServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body: unknown = await json(request);
    if (typeof body !== "object" || body === null) throw new Error("a request without a body");
    const known: Asked = { path: request.url ?? "", headers: request.headers, body: { ...body } };
    const isFirst = !asked.some((before) => before.body.model === known.body.model);
    asked.push(known);
    answer(known, isFirst, apis, response);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      const closed = once(server, "close");
      server.close().closeAllConnections();
      await closed;
    },
  };
}

function answer(
  { path, body }: Asked,
  isFirst: boolean,
  apis: Readonly<Record<string, Api>>,
  response: ServerResponse,
): void {
  if (body.model === "silent") return;
  const failure = FAILURES[body.model === "recovers" && isFirst ? "busy" : String(body.model)];
  const api: Api = apis[path] ?? { whole: () => ({ error: { message: `no ${path} here` } }) };
  if (failure !== undefined) sendJson(response, { error: failure.error }, failure.status);
  else if (body.stream === true && api.events !== undefined) sendEvents(response, api.events(body), String(body.model));
  else sendJson(response, api.whole(body));
}

const FAILURES: Readonly<Record<string, { readonly status: number; readonly error: object }>> = {
  refuses: { status: 400, error: { message: "no such model", type: "invalid_request_error", code: "model_not_found" } },
  busy: { status: 429, error: { message: "slow down", type: "rate_limit_error", code: "rate_limit_exceeded" } },
};

function sendJson(response: ServerResponse, value: object, status = 200): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "x-request-id": "req_1",
    "retry-after-ms": "1",
  });
  response.end(JSON.stringify(value));
}

/** `hangs` sends nothing after the second event, `breaks` an error in its place. */
function sendEvents(response: ServerResponse, events: readonly object[], model: string): void {
  response.writeHead(200, { "content-type": "text/event-stream", "x-request-id": "req_1" });
  const cut = model === "hangs" || model === "breaks";
  for (const event of cut ? events.slice(0, 2) : events) response.write(wire(event));
  if (model === "hangs") return;
  if (model === "breaks") response.write(wire({ error: { message: "overloaded" } }));
  response.end("data: [DONE]\n\n");
}

function wire(event: object): string {
  const type = "type" in event ? `event: ${String(event.type)}\n` : "";
  return `${type}data: ${JSON.stringify(event)}\n\n`;
}
