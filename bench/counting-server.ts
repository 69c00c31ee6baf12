/**
 * A collector that counts: it answers every request at once, and walks no further into it than to its spans. Each
 * path has a count of its own, which GET tells. Prints its port.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

const counts = new Map<string, number>();

const server = createServer(async (request, response) => {
  const path = request.url ?? "";
  if (request.method === "GET") {
    response.end(`${counts.get(path) ?? 0}`);
    return;
  }
  const body = await buffer(request);
  response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
  counts.set(path, (counts.get(path) ?? 0) + spansIn(body));
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
process.once("disconnect", () => process.exit());

/** ResourceSpans is field 1 of a request, ScopeSpans field 2 of that, Span field 2 of that. */
function spansIn(request: Uint8Array): number {
  let spans = 0;
  for (const resourceSpans of fields(request, 1)) {
    for (const scopeSpans of fields(resourceSpans, 2)) {
      for (const _ of fields(scopeSpans, 2)) spans++;
    }
  }
  return spans;
}

/** The messages of one field, in a message that holds nothing but messages and texts. */
function* fields(bytes: Uint8Array, wanted: number): Generator<Uint8Array> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const length = varint();
    if (tag >> 3 === wanted) yield bytes.subarray(at, at + length);
    at += length;
  }
}
