/** A collector on this machine that reads OTLP by the official definitions, and can be told to misbehave. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** Protobuf.js' classes of the official definitions, as OpenTelemetry generated them. */
const { opentelemetry } = createRequire(import.meta.url)("otlp-definitions/build/src/generated/root.js");
const { ExportTraceServiceRequest, ExportTraceServiceResponse } = opentelemetry.proto.collector.trace.v1;

export interface DecodedSpan {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly parentSpanId?: Uint8Array;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly [field: string]: unknown;
}

export interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: DecodedSpan["attributes"] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version?: string };
      readonly schemaUrl?: string;
      readonly spans: readonly DecodedSpan[];
    }[];
  }[];
}

/** Reads a request; numbers of 64 bits are strings. */
export function decodeRequest(bytes: Uint8Array): DecodedRequest {
  return ExportTraceServiceRequest.toObject(ExportTraceServiceRequest.decode(bytes), { longs: String, arrays: true });
}

/** The body of an answer that rejects some spans. */
export function partialAnswer(rejectedSpans: number, errorMessage: string): Uint8Array {
  return ExportTraceServiceResponse.encode({ partialSuccess: { rejectedSpans, errorMessage } }).finish();
}

/** Answers a request by itself; `false`: the collector is to take it as usual. */
type Manner = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A collector that listens on a port of its own, and goes with the test. */
export class Collector {
  /** Spans by id, with the number of times each was taken. */
  readonly taken = new Map<string, { span: DecodedSpan; times: number }>();
  readonly requests: { readonly headers: IncomingMessage["headers"]; readonly at: number }[] = [];
  manner: Manner = () => false;
  /** How long it takes to answer. */
  latencyMs = 0;
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private port = 0;

  static async start(port = 0): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((resolve) => collector.server.listen(port, "127.0.0.1", resolve));
    collector.port = (collector.server.address() as AddressInfo).port;
    onTestFinished(() => collector.stop());
    return collector;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get portNumber(): number {
    return this.port;
  }

  /** The names of the spans taken, sorted by number: `s0`, `s1`. */
  get names(): string[] {
    return [...this.taken.values()]
      .map(({ span }) => span.name)
      .sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  }

  /** Spans that were taken more than once. */
  get repeated(): number {
    return [...this.taken.values()].filter(({ times }) => times > 1).length;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push({ headers: request.headers, at: performance.now() });
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined || this.manner(request, response)) return;
    const { resourceSpans } = decodeRequest(request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body);
    for (const { scopeSpans } of resourceSpans) {
      for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
        const id = Buffer.from(span.spanId).toString("hex");
        this.taken.set(id, { span, times: (this.taken.get(id)?.times ?? 0) + 1 });
      }
    }
    if (this.latencyMs > 0) await setTimeout(this.latencyMs);
    response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
  }
}
