import { createServer } from "node:http";

/** A local server that answers as a language model's API does, and counts what it is asked. */
export async function startServer(answers) {
  const asked = {};
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const given = JSON.parse(body);
      asked[given.model] = (asked[given.model] ?? 0) + 1;
      answers(request.url, given, response);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, asked, server };
}

export function sendJson(response, value, status = 200) {
  response.writeHead(status, { "content-type": "application/json", "x-answer": "yes" });
  response.end(JSON.stringify(value));
}

/** Sends events one by one; `hang` leaves the stream open after them. */
export async function sendEvents(response, events, hang = false) {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const event of events) {
    response.write(event);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (!hang) response.end();
}
