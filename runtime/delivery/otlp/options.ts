/** Where and how spans go over OTLP: what `init` says, else what OpenTelemetry's variables say. */

import { report } from "../../diagnostics.ts";
import { environment, onNode } from "../../platform.ts";
import type { TlsFiles } from "../request.ts";

/** OTLP over HTTP. What is absent is taken from OpenTelemetry's variables, `OTEL_EXPORTER_OTLP_…`. */
export interface OtlpOptions {
  /** URL of the server, `http://localhost:4318` when nothing says otherwise; without a path, `/v1/traces` is added. */
  readonly endpoint?: string;
  /** Sent with every request; they never show in a message or in the store. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long a request may take, milliseconds, 10,000 when nothing says otherwise. */
  readonly timeoutMs?: number;
  /** `gzip` when absent, unless the server runs on this machine, or the program runs in a page or a worker. */
  readonly compression?: "gzip" | "none";
  /** Path of a PEM file: the authorities to trust. */
  readonly certificate?: string;
  /** Paths of PEM files, for servers that ask who calls. */
  readonly clientKey?: string;
  readonly clientCertificate?: string;
}

/** {@link OtlpOptions}, settled. */
export interface OtlpSettings {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly gzip: boolean;
  readonly tls: TlsFiles;
}

const DEFAULT_ENDPOINT = "http://localhost:4318";
const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * The settings; `undefined` when nothing asks for OTLP, or what asks cannot be followed, which is reported.
 * Variables are those of https://opentelemetry.io/docs/specs/otel/protocol/exporter/
 */
export function otlpSettings(options: OtlpOptions | boolean | undefined): OtlpSettings | undefined {
  if (options === false || !(options !== undefined || isAskedFor())) return undefined;
  const given = options === undefined || options === true ? {} : options;
  const url = endpointOf(given.endpoint);
  if (url === undefined || !canSpeak(given.endpoint !== undefined)) return undefined;
  const compression = given.compression ?? variable("COMPRESSION");
  return {
    url: withoutUser(url),
    headers: { ...basicOf(url), ...headersOf(variable("HEADERS")), ...given.headers },
    timeoutMs: given.timeoutMs ?? (Number(variable("TIMEOUT")) || DEFAULT_TIMEOUT_MS),
    gzip: compression === undefined ? onNode && !isLocal(url) : compression === "gzip",
    tls: {
      certificate: given.certificate ?? variable("CERTIFICATE"),
      clientKey: given.clientKey ?? variable("CLIENT_KEY"),
      clientCertificate: given.clientCertificate ?? variable("CLIENT_CERTIFICATE"),
    },
  };
}

function isAskedFor(): boolean {
  const exporters = exporterNames();
  if (exporters !== undefined) return exporters.includes("otlp");
  return variable("ENDPOINT") !== undefined;
}

/** The names in `OTEL_TRACES_EXPORTER`; `undefined` when it says nothing. */
export function exporterNames(): readonly string[] | undefined {
  return environment("OTEL_TRACES_EXPORTER")
    ?.split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== "");
}

/** A variable for traces, else the one for all signals. */
function variable(name: string): string | undefined {
  return environment(`OTEL_EXPORTER_OTLP_TRACES_${name}`) ?? environment(`OTEL_EXPORTER_OTLP_${name}`);
}

function endpointOf(given: string | undefined): URL | undefined {
  const forTraces = environment("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
  if (given === undefined && forTraces !== undefined) return parsed(forTraces);
  const url = parsed(given ?? environment("OTEL_EXPORTER_OTLP_ENDPOINT") ?? DEFAULT_ENDPOINT);
  if (url === undefined) return undefined;
  // The specification adds the path to what a variable has; a path that a program gives is meant.
  if (given === undefined || url.pathname === "/") url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
  return url;
}

function parsed(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  report(
    "SW2202",
    "the OTLP endpoint is no URL that begins with http:// or https://; nothing is sent over OTLP",
    "Give a whole URL, such as http://localhost:4318.",
  );
  return undefined;
}

/** Servers that take JSON take protobuf at the same address; those of gRPC do not. */
function canSpeak(told: boolean): boolean {
  const protocol = variable("PROTOCOL");
  if (protocol !== "grpc" || told) return true;
  report(
    "SW2203",
    "OTEL_EXPORTER_OTLP_PROTOCOL asks for grpc, which spanwright does not speak; nothing is sent over OTLP",
    "Set it to http/protobuf, and the endpoint to the server's port for HTTP, usually 4318.",
  );
  return false;
}

/** `key=value,key=value`, percent-encoded. */
function headersOf(text: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const pair of text?.split(",") ?? []) {
    const at = pair.indexOf("=");
    if (at > 0) headers[pair.slice(0, at).trim().toLowerCase()] = decoded(pair.slice(at + 1).trim());
  }
  return headers;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // A percent sign that stands for itself.
    return value;
  }
}

/** The header for a name and a password that stand in a URL. */
export function basicOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  return { authorization: `Basic ${btoa(`${decoded(username)}:${decoded(password)}`)}` };
}

/** A URL that can be shown. */
export function withoutUser(url: URL): URL {
  const shown = new URL(url);
  shown.username = "";
  shown.password = "";
  return shown;
}

function isLocal({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
