/** Sends spans to a server of OTLP over HTTP. */

import { report } from "../../diagnostics.ts";
import { carriage } from "../http.ts";
import type { Parcel, SpanGroup } from "../outbox.ts";
import type { HttpClient } from "../request.ts";
import { hideSecrets, secretsIn } from "../secrets.ts";
import type { Outcome, Target, TargetClient } from "../target.ts";
import { type Verdict, verdictOf, verdictOfSilence } from "../verdict.ts";
import { partialSuccessOf } from "./answer.ts";
import { encodeRequest, recycleRequest, type ValueForm } from "./encoder.ts";
import type { OtlpSettings } from "./options.ts";

/** Bytes of a request, as the Collector's receivers and gRPC limit it. */
const MAX_REQUEST = 4 * 1024 * 1024;

/** How a request went. */
export type Posted = Verdict | { readonly is: "partial"; readonly rejected: number };

export class OtlpClient implements TargetClient {
  readonly http: HttpClient;
  private readonly settings: OtlpSettings;
  private readonly label: string;
  private readonly form: ValueForm;
  private readonly secrets: readonly string[];

  /** @throws Error when a file of `tls` cannot be read */
  constructor({ label, inFlight }: Pick<Target, "label" | "inFlight">, settings: OtlpSettings, form: ValueForm) {
    this.settings = settings;
    this.label = label;
    this.form = form;
    this.http = carriage.newClient({ timeoutMs: settings.timeoutMs, connections: inFlight, tls: settings.tls });
    this.secrets = secretsIn(settings.headers);
  }

  send(parcel: Parcel): Promise<Outcome> {
    return this.sendWith(parcel, {});
  }

  /** Sends a parcel, in several requests where one would be too large. */
  async sendWith(parcel: Parcel, headers: Readonly<Record<string, string>>): Promise<Outcome> {
    const dropped = new Map<string, number>();
    let parts = [parcel.groups];
    for (let groups = parts.shift(); groups !== undefined; groups = parts.shift()) {
      const posted = await this.post(groups, headers);
      switch (posted.is) {
        case "later":
          parcel.groups = [groups, ...parts].flat();
          parcel.uncertain ||= posted.uncertain;
          return posted;
        case "tooLarge":
          if (countOf(groups) > 1) parts = [...halves(groups), ...parts];
          else drop(dropped, "SW2206", countOf(groups));
          break;
        case "refused":
          report(posted.problem.code, posted.problem.message, posted.problem.remedy);
          drop(dropped, "SW2206", countOf(groups));
          break;
        case "partial":
          drop(dropped, "SW2207", Math.min(posted.rejected, countOf(groups)));
      }
    }
    return { is: "done", dropped: [...dropped] };
  }

  /** Sends spans in one request. */
  async post(groups: readonly SpanGroup[], headers: Readonly<Record<string, string>>): Promise<Posted> {
    const { url, gzip } = this.settings;
    const bytes = encodeRequest(groups, this.form);
    if (bytes.length > MAX_REQUEST && countOf(groups) > 1) return { is: "tooLarge", problem: TOO_LARGE };
    try {
      const answer = await this.http.send({
        method: "POST",
        url,
        headers: {
          ...this.settings.headers,
          ...headers,
          "content-type": "application/x-protobuf",
          ...(gzip && { "content-encoding": "gzip" }),
        },
        body: gzip ? await carriage.gzip(bytes) : bytes,
      });
      const verdict = verdictOf(answer, this.label, this.secrets);
      // A server that took a request has read it; one that refused it may still be reading.
      if (verdict.is === "taken") recycleRequest(bytes);
      return verdict.is === "taken" ? this.partial(answer.body) : verdict;
    } catch (error) {
      return verdictOfSilence(error, this.label);
    }
  }

  hold(held: boolean): void {
    this.http.hold(held);
  }

  close(): void {
    this.http.close();
  }

  private partial(body: Uint8Array): Posted {
    const { rejected, message } = partialSuccessOf(body);
    if (rejected === 0) return { is: "taken" };
    report(
      "SW2207",
      `${this.label} took a request but rejected ${rejected} of its spans (${hideSecrets(message, this.secrets).slice(0, 200)})`,
      "See its log; they are dropped.",
    );
    return { is: "partial", rejected };
  }
}

const TOO_LARGE = { code: "SW2206", message: "", remedy: "" };

function countOf(groups: readonly SpanGroup[]): number {
  return groups.reduce((sum, { spans }) => sum + spans.length, 0);
}

/** The same spans in two requests. */
function halves(groups: readonly SpanGroup[]): [SpanGroup[], SpanGroup[]] {
  let room = Math.ceil(countOf(groups) / 2);
  const first: SpanGroup[] = [];
  const second: SpanGroup[] = [];
  for (const { resource, spans } of groups) {
    first.push({ resource, spans: spans.slice(0, room) });
    second.push({ resource, spans: spans.slice(room) });
    room = Math.max(0, room - spans.length);
  }
  return [first, second];
}

function drop(dropped: Map<string, number>, code: string, spans: number): void {
  dropped.set(code, (dropped.get(code) ?? 0) + spans);
}
