/** Requests to the API of an MLflow server on behalf of the program, which waits for their answers. */

import { currentContext, runInContext, SUPPRESSED_KEY } from "../../context.ts";
import { carriage } from "../../delivery/http.ts";
import type { MlflowSettings } from "../../delivery/mlflow/target.ts";
import type { HttpClient, HttpRequest } from "../../delivery/request.ts";
import { hideSecrets, secretsIn } from "../../delivery/secrets.ts";
import { reasonOf } from "../../diagnostics.ts";
import { ERROR_CODES, type ErrorCode, problem, TracingError } from "../failures.ts";

const TIMEOUT_MS = 30_000;
const CONNECTIONS = 4;
/** Bytes of one answer: traces may be large. */
const MAX_ANSWER = 512 * 1024 * 1024;

/** An object of a JSON text. */
export type Json = Readonly<Record<string, unknown>>;

export class MlflowApi {
  /** The server's address, for messages. */
  readonly address: string;
  private readonly settings: MlflowSettings;
  private readonly http: HttpClient;
  private waiting = 0;
  private experiment: string | undefined;

  constructor(settings: MlflowSettings) {
    this.settings = settings;
    this.address = settings.base.href.replace(/\/$/, "");
    this.http = carriage.newClient({
      timeoutMs: TIMEOUT_MS,
      connections: CONNECTIONS,
      tls: { certificate: settings.certificate },
      maxAnswer: MAX_ANSWER,
    });
  }

  /**
   * Asks for something below the server's address.
   *
   * @returns `undefined` when there is no such thing
   * @throws TracingError `SW2143` when there is no answer, `SW2144` when the server refuses
   */
  async ask(method: HttpRequest["method"], path: string, body?: Json): Promise<Json | undefined> {
    const { status, text } = await this.send(method, path, body);
    const said = jsonIn(text);
    if (status >= 200 && status < 300) return said ?? {};
    if (status === 404 && said?.error_code === "RESOURCE_DOES_NOT_EXIST") return undefined;
    const message = typeof said?.message === "string" ? said.message : text.slice(0, 200);
    const shown = hideSecrets(message, secretsIn(this.settings.headers));
    throw problem("refused", `${this.address} answers ${status}`, shown, codeIn(said));
  }

  /** The id of the experiment that traces of this process go to; `undefined` when it is not there yet. */
  async experimentId(): Promise<string | undefined> {
    const { experiment } = this.settings;
    if ("id" in experiment) return experiment.id;
    if (this.experiment === undefined) {
      const name = encodeURIComponent(experiment.name);
      const found = await this.ask("GET", `api/2.0/mlflow/experiments/get-by-name?experiment_name=${name}`);
      const { experiment_id: id } = fieldsIn(found?.experiment);
      this.experiment = typeof id === "string" ? id : undefined;
    }
    return this.experiment;
  }

  private async send(
    method: HttpRequest["method"],
    path: string,
    body: Json | undefined,
  ): Promise<{ status: number; text: string }> {
    const { base, headers } = this.settings;
    const request: HttpRequest = {
      method,
      url: new URL(path, base),
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: new TextEncoder().encode(JSON.stringify(body)) }),
    };
    this.hold(1);
    try {
      // No instrumentation is to make spans of these.
      const silent = currentContext().setValue(SUPPRESSED_KEY, true);
      const { status, body: bytes } = await runInContext(silent, () => this.http.send(request));
      return { status, text: new TextDecoder().decode(bytes) };
    } catch (error) {
      throw problem("noServer", this.address, reasonOf(error));
    } finally {
      this.hold(-1);
    }
  }

  /** The program waits for the answer, so the process has to. */
  private hold(change: 1 | -1): void {
    this.waiting += change;
    this.http.hold(this.waiting > 0);
  }
}

/** Nanoseconds are numbers of nineteen digits, more than a number of JavaScript has. */
const NANOS = /("(?:start_|end_)?time_unix_nano"\s*:\s*)(\d+)/g;

function jsonIn(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text.replace(NANOS, '$1"$2"'));
    return isJson(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function codeIn(said: Json | undefined): ErrorCode | undefined {
  return ERROR_CODES.find((code) => code === said?.error_code);
}

/** Whether a part of a JSON text is an object. */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object, or an empty one where there is none. */
export function fieldsIn(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** The objects of a list, or none. */
export function listIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** Whether a call failed because the server refused what it was given. */
export function isRefusal(error: unknown): error is TracingError {
  return error instanceof TracingError && error.code === "SW2144";
}
