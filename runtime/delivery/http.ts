/** Requests to a server, over connections that are kept and never hold the process. */

import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Socket } from "node:net";

/** What a server answered. */
export interface Answer {
  readonly status: number;
  /** Of the header `Retry-After`. */
  readonly retryAfter: string | undefined;
  readonly body: Uint8Array;
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** Files in PEM form. */
export interface TlsFiles {
  /** Certificates of the authorities to trust, beside none other. */
  readonly certificate?: string | undefined;
  readonly clientKey?: string | undefined;
  readonly clientCertificate?: string | undefined;
}

/** There was no answer. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  /** Whether the server may have got the request. */
  readonly uncertain: boolean;
  constructor(message: string, uncertain: boolean, cause: unknown) {
    super(message, { cause });
    this.uncertain = uncertain;
  }
}

/** Bytes of an answer that are read, where nothing else is said; servers that take telemetry have little to say. */
const MAX_ANSWER = 4 * 1024 * 1024;

const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

/** A client for the servers of one target. */
export class HttpClient {
  private readonly timeoutMs: number;
  private readonly maxAnswer: number;
  private readonly agents: Readonly<Record<string, Agent>>;
  private readonly sockets = new Set<Socket>();
  private held = false;

  /**
   * @param timeoutMs how long a request may take, its answer included
   * @param connections at most so many at once
   * @param maxAnswer bytes of an answer that are read
   * @throws Error of node:fs when a file cannot be read
   */
  constructor(timeoutMs: number, connections: number, tls: TlsFiles = {}, maxAnswer = MAX_ANSWER) {
    const { readFileSync } = process.getBuiltinModule("node:fs");
    const read = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path));
    const options = { keepAlive: true, maxSockets: connections, maxFreeSockets: connections };
    const { certificate, clientKey, clientCertificate } = tls;
    this.timeoutMs = timeoutMs;
    this.maxAnswer = maxAnswer;
    this.agents = {
      "http:": new (process.getBuiltinModule("node:http").Agent)(options),
      "https:": new (process.getBuiltinModule("node:https").Agent)({
        ...options,
        ...(certificate !== undefined && { ca: read(certificate) }),
        ...(clientKey !== undefined && { key: read(clientKey) }),
        ...(clientCertificate !== undefined && { cert: read(clientCertificate) }),
      }),
    };
  }

  /** Whether requests hold the process from now on. */
  hold(held: boolean): void {
    this.held = held;
    for (const socket of this.sockets) {
      if (held) socket.ref();
      else socket.unref();
    }
  }

  /** Sends a request; redirects are answers like others. @throws NoAnswer */
  send({ method, url, headers, body }: HttpRequest): Promise<Answer> {
    const secure = url.protocol === "https:";
    const { request } = process.getBuiltinModule(secure ? "node:https" : "node:http");
    const sized: OutgoingHttpHeaders = { ...headers };
    if (body !== undefined) sized["content-length"] = body.length;
    return new Promise((resolve, reject) => {
      let connected = false;
      const fail = (cause: Error & { code?: string }) => {
        stopTimer(timer);
        reject(new NoAnswer(cause.code ?? cause.message, connected, cause));
      };
      const sending = request(url, { method, headers: sized, agent: this.agents[url.protocol] ?? false });
      const timer = startTimer(
        () => sending.destroy(new Error(`no answer within ${this.timeoutMs / 1000} s`)),
        this.timeoutMs,
      );
      timer.unref();
      sending.once("socket", (socket) => this.adopt(socket, secure, () => (connected = true)));
      sending.once("error", fail);
      sending.once("response", (incoming) => {
        read(incoming, sending, this.maxAnswer).then((answer) => {
          stopTimer(timer);
          resolve(answer);
        }, fail);
      });
      sending.end(body);
    });
  }

  /** Closes all connections. */
  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private adopt(socket: Socket, secure: boolean, connected: () => void): void {
    if (socket.connecting) socket.once(secure ? "secureConnect" : "connect", connected);
    else connected();
    if (!this.sockets.has(socket)) {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
    }
    if (!this.held) socket.unref();
  }
}

async function read(incoming: IncomingMessage, sending: ClientRequest, maxLength: number): Promise<Answer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxLength) {
      sending.destroy();
      throw new Error("an answer that does not end");
    }
  }
  return {
    status: incoming.statusCode ?? 0,
    retryAfter: incoming.headers["retry-after"],
    body: Buffer.concat(chunks),
  };
}
