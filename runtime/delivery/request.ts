/** What is asked of a server and what it answers, whoever carries it. */

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
  readonly body?: Uint8Array<ArrayBuffer>;
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
  /** Whether it went by a kept connection that the server was about to close, as servers may at any time. */
  readonly stale: boolean;
  constructor(message: string, { uncertain, stale = false }: { uncertain: boolean; stale?: boolean }, cause: unknown) {
    super(message, { cause });
    this.uncertain = uncertain;
    this.stale = stale;
  }
}

/** A client for the servers of one target. */
export interface HttpClient {
  /** Sends a request; redirects are answers like others. @throws NoAnswer */
  send(request: HttpRequest): Promise<Answer>;
  /** Whether requests hold the process from now on. */
  hold(held: boolean): void;
  /** Closes all connections. */
  close(): void;
}

/** How requests are carried. */
export interface HttpClientOptions {
  /** How long a request may take, its answer included. */
  readonly timeoutMs: number;
  /** Requests at once, at most. */
  readonly connections: number;
  readonly tls: TlsFiles;
  /** Bytes of an answer that are read; 4 MB when absent: servers that take telemetry have little to say. */
  readonly maxAnswer?: number;
}

/** Carries requests, in the way of one platform. */
export interface Carriage {
  /** @throws Error when a file of `tls` cannot be read */
  newClient(options: HttpClientOptions): HttpClient;
  /** The bytes in gzip. */
  gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>>;
}
