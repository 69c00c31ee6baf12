/** Requests by Node's own modules, over connections that are kept and never hold the process. */

import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import {
  type Answer,
  type Carriage,
  type HttpClient,
  type HttpClientOptions,
  type HttpRequest,
  NoAnswer,
} from "./request.ts";

/** Bytes of an answer that are read, where nothing else is said. */
const MAX_ANSWER = 4 * 1024 * 1024;

const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

export const nodeCarriage: Carriage = {
  newClient: (options) => new NodeClient(options),
  gzip(bytes) {
    const { gzip, constants } = process.getBuiltinModule("node:zlib");
    return new Promise((resolve, reject) => {
      gzip(bytes, { level: constants.Z_BEST_SPEED }, (error, result) => (error ? reject(error) : resolve(result)));
    });
  },
};

/** Requests over connections of Node's, which are kept. */
class NodeClient implements HttpClient {
  private readonly timeoutMs: number;
  private readonly maxAnswer: number;
  private readonly agents: Readonly<Record<string, Agent>>;
  private readonly sockets = new Set<Socket>();
  private held = false;

  constructor({ timeoutMs, connections, tls, maxAnswer = MAX_ANSWER }: HttpClientOptions) {
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
        // Whatever the environment says: tokens go this way.
        rejectUnauthorized: true,
        ...(certificate !== undefined && { ca: read(certificate) }),
        ...(clientKey !== undefined && { key: read(clientKey) }),
        ...(clientCertificate !== undefined && { cert: read(clientCertificate) }),
      }),
    };
  }

  hold(held: boolean): void {
    this.held = held;
    for (const socket of this.sockets) {
      if (held) socket.ref();
      else socket.unref();
    }
  }

  send({ method, url, headers, body }: HttpRequest): Promise<Answer> {
    const secure = url.protocol === "https:";
    const { request } = process.getBuiltinModule(secure ? "node:https" : "node:http");
    const sized: OutgoingHttpHeaders = { ...headers };
    if (body !== undefined) sized["content-length"] = body.length;
    return new Promise((resolve, reject) => {
      let connected = false;
      const fail = (cause: Error & { code?: string }) => {
        stopTimer(timer);
        const stale = sending.reusedSocket && cause.code === "ECONNRESET";
        reject(new NoAnswer(cause.code ?? cause.message, { uncertain: connected, stale }, cause));
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
