/**
 * Requests by `fetch`, in pages and workers. A page's last requests outlive it as far as browsers allow: 64 KiB of
 * them at a time, https://fetch.spec.whatwg.org/#http-network-or-cache-fetch
 */

import { inPage } from "../platform.ts";
import { type Answer, type Carriage, type HttpClient, type HttpRequest, NoAnswer } from "./request.ts";

/** Bytes that requests of a page may have in all to outlive it; headers count too. */
const KEPT_BYTES = 60 * 1024;

// Of a page's own requests, spans are made by instrumentations that replace the global.
const { fetch: send } = globalThis;

/** Bytes of requests on their way that would outlive the page. */
const kept = { bytes: 0 };

export const fetchCarriage: Carriage = {
  newClient: ({ timeoutMs }) => new FetchClient(timeoutMs),
  async gzip(bytes) {
    const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Uint8Array(await new Response(compressed).arrayBuffer());
  },
};

class FetchClient implements HttpClient {
  private readonly timeoutMs: number;

  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }

  async send({ method, url, headers, body }: HttpRequest): Promise<Answer> {
    const bytes = body?.length ?? 0;
    const keepalive = inPage && kept.bytes + bytes <= KEPT_BYTES;
    if (keepalive) kept.bytes += bytes;
    try {
      const answer = await send(url, {
        method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(this.timeoutMs),
        ...(body !== undefined && { body }),
        ...(keepalive && { keepalive }),
      });
      return {
        // Pages are not told where to.
        status: answer.type === "opaqueredirect" ? 302 : answer.status,
        retryAfter: answer.headers.get("retry-after") ?? undefined,
        body: new Uint8Array(await answer.arrayBuffer()),
      };
    } catch (cause) {
      throw new NoAnswer(cause instanceof Error ? cause.message : String(cause), { uncertain: true }, cause);
    } finally {
      if (keepalive) kept.bytes -= bytes;
    }
  }

  hold(): void {}

  close(): void {}
}
