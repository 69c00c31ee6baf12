/**
 * Sends traces to an MLflow server: the spans of each trace over OTLP, then, once its root is there, the trace
 * as a whole in one request, and tags that change later one by one.
 *
 * The server adds up the tokens of every span it gets, the same span twice included. So what may have been
 * sent already is asked for first, and never sent again blindly.
 */

import { report } from "../../diagnostics.ts";
import { byTrace } from "../by-trace.ts";
import { OtlpClient } from "../otlp/client.ts";
import type { Outbox, Parcel, SpanGroup } from "../outbox.ts";
import type { Answer, HttpRequest } from "../request.ts";
import { secretsIn } from "../secrets.ts";
import type { Outcome, Problem, Target, TargetClient } from "../target.ts";
import { type Verdict, verdictOf, verdictOfSilence } from "../verdict.ts";
import type { MlflowSettings } from "./target.ts";
import { startTraceBody, tagsOf } from "./trace-info.ts";
import { abilitiesOf } from "./versions.ts";

/** What the requests need to know of the server. */
interface Session {
  readonly otlp: OtlpClient;
  readonly experimentId: string;
}

/** What the server has been told of a trace as a whole, in {@link Outbox.tell}. */
interface Note {
  readonly tags: Readonly<Record<string, string>>;
}

/** Something stops the parcel here. */
class Stop extends Error {
  readonly verdict: Exclude<Verdict, { is: "taken" }>;
  constructor(verdict: Exclude<Verdict, { is: "taken" }>) {
    super(verdict.problem.message);
    this.verdict = verdict;
  }
}

export class MlflowClient implements TargetClient {
  private readonly target: Pick<Target, "label" | "inFlight">;
  private readonly settings: MlflowSettings;
  private readonly timeoutMs: number;
  /** For everything but spans. */
  private readonly api: OtlpClient;
  private session: Session | undefined;
  private opening: Promise<Session> | undefined;

  /** @throws Error when the file of certificates cannot be read */
  constructor(target: Pick<Target, "label" | "inFlight">, settings: MlflowSettings, timeoutMs: number) {
    this.target = target;
    this.settings = settings;
    this.timeoutMs = timeoutMs;
    this.api = this.otlpClient(false);
  }

  async send(parcel: Parcel, outbox: Outbox): Promise<Outcome> {
    const dropped = new Map<string, number>();
    try {
      const session = await this.opened();
      for (const [traceId, groups] of groupsByTrace(parcel.groups)) {
        await this.sendTrace(session, traceId, groups, parcel, outbox, dropped);
        parcel.groups = without(parcel.groups, traceId);
      }
      for (const traceId of parcel.changed) await this.sendChange(traceId, outbox);
      return { is: "done", dropped: [...dropped] };
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      const { verdict } = error;
      parcel.uncertain ||= verdict.is === "later" && verdict.uncertain;
      return { is: "later", afterMs: verdict.is === "later" ? verdict.afterMs : undefined, problem: verdict.problem };
    }
  }

  hold(held: boolean): void {
    this.api.hold(held);
    this.session?.otlp.hold(held);
  }

  close(): void {
    this.api.close();
    this.session?.otlp.close();
  }

  private async sendTrace(
    { otlp, experimentId }: Session,
    traceId: string,
    groups: readonly SpanGroup[],
    parcel: Parcel,
    outbox: Outbox,
    dropped: Map<string, number>,
  ): Promise<void> {
    const fresh = parcel.uncertain ? await this.withoutKnown(traceId, groups) : groups;
    const part: Parcel = { groups: fresh, changed: [], spans: countOf(fresh), uncertain: false };
    const experiment = outbox.trace(traceId)?.experimentId ?? experimentId;
    if (part.spans > 0) {
      const outcome = await otlp.sendWith(part, { "x-mlflow-experiment-id": experiment });
      if (outcome.is === "later") {
        parcel.uncertain ||= part.uncertain;
        throw new Stop({ ...outcome, uncertain: part.uncertain });
      }
      for (const [code, spans] of outcome.dropped) dropped.set(code, (dropped.get(code) ?? 0) + spans);
    }
    const hasRoot = groups.some(({ spans }) => spans.some(({ parentId }) => parentId === undefined));
    if (hasRoot && outbox.told(traceId) === undefined) await this.tellTrace(traceId, experiment, parcel, outbox);
  }

  /** Tells the server of the trace as a whole, once: a second time it would fail. */
  private async tellTrace(traceId: string, experimentId: string, parcel: Parcel, outbox: Outbox): Promise<void> {
    const trace = outbox.trace(traceId);
    if (trace === undefined) return;
    const note: Note = { tags: tagsOf(trace) };
    if (!(parcel.uncertain && (await this.knowsWhole(traceId)))) {
      const answer = await this.ask("POST", "api/3.0/mlflow/traces", startTraceBody(trace, experimentId));
      const verdict = this.verdict(answer);
      if (verdict.is === "later") throw new Stop(verdict);
      if (verdict.is !== "taken") report(verdict.problem.code, verdict.problem.message, verdict.problem.remedy);
    }
    outbox.tell(traceId, JSON.stringify(note));
  }

  /** Sends the tags that changed since the trace was told of as a whole. */
  private async sendChange(traceId: string, outbox: Outbox): Promise<void> {
    const noted = outbox.told(traceId);
    const trace = outbox.trace(traceId);
    if (noted === undefined || trace === undefined) return;
    const { tags: old }: Note = JSON.parse(noted);
    const tags = tagsOf(trace);
    for (const [key, value] of Object.entries(tags)) {
      if (old[key] === value) continue;
      const verdict = this.verdict(await this.ask("PATCH", `api/2.0/mlflow/traces/tr-${traceId}/tags`, { key, value }));
      if (verdict.is === "later") throw new Stop(verdict);
      if (verdict.is !== "taken") report(verdict.problem.code, verdict.problem.message, verdict.problem.remedy);
    }
    outbox.tell(traceId, JSON.stringify({ tags } satisfies Note));
  }

  /** The spans of a trace that the server does not have. */
  private async withoutKnown(traceId: string, groups: readonly SpanGroup[]): Promise<SpanGroup[]> {
    const path = `api/3.0/mlflow/traces/get?trace_id=tr-${traceId}&allow_partial=true`;
    const answer = await this.ask("GET", path);
    if (answer.status === 404 || answer.status === 400) return [...groups];
    const verdict = this.verdict(answer);
    if (verdict.is !== "taken") throw new Stop(verdict);
    const known = spanIdsOf(this.parsed(answer));
    return groups.map(({ resource, spans }) => ({ resource, spans: spans.filter(({ spanId }) => !known.has(spanId)) }));
  }

  /** Whether the server has been told of the trace as a whole: spans alone give it no name. */
  private async knowsWhole(traceId: string): Promise<boolean> {
    const answer = await this.ask("GET", `api/3.0/mlflow/traces/tr-${traceId}`);
    return answer.status === 200 && new TextDecoder().decode(answer.body).includes('"mlflow.traceName"');
  }

  private async opened(): Promise<Session> {
    this.opening ??= this.open();
    try {
      this.session = await this.opening;
      return this.session;
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  private async open(): Promise<Session> {
    const version = await this.ask("GET", "version");
    const verdict = this.verdict(version);
    if (verdict.is === "later" && version.status !== 404) throw new Stop(verdict);
    const said = version.status === 200 ? new TextDecoder().decode(version.body) : "";
    const { otlp, gzip } = abilitiesOf(said);
    if (!otlp) throw new Stop(held({ ...TOO_OLD, message: `${this.target.label} is version ${said.slice(0, 20)}` }));
    const experimentId = await this.experimentId();
    return { otlp: this.otlpClient(gzip), experimentId };
  }

  private async experimentId(): Promise<string> {
    const { experiment } = this.settings;
    if ("id" in experiment) return experiment.id;
    const query = `api/2.0/mlflow/experiments/get-by-name?experiment_name=${encodeURIComponent(experiment.name)}`;
    const found = await this.ask("GET", query);
    if (found.status === 200) return idIn(this.parsed(found));
    const made = await this.ask("POST", "api/2.0/mlflow/experiments/create", { name: experiment.name });
    if (made.status === 200) return idIn(this.parsed(made));
    // Another process was faster.
    const again = await this.ask("GET", query);
    if (again.status === 200) return idIn(this.parsed(again));
    const verdict = this.verdict(made);
    throw new Stop(
      verdict.is === "later"
        ? verdict
        : held({ ...NO_EXPERIMENT, message: `${this.target.label} is not there and cannot be created` }),
    );
  }

  /** One request to MLflow's own API. @throws Stop when there is no answer */
  private async ask(method: HttpRequest["method"], path: string, body?: object): Promise<Answer> {
    const { base, headers } = this.settings;
    try {
      return await this.api.http.send({
        method,
        url: new URL(path, base),
        headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
        ...(body !== undefined && { body: new TextEncoder().encode(JSON.stringify(body)) }),
      });
    } catch (error) {
      const verdict = verdictOfSilence(error, this.target.label);
      if (verdict.is === "taken") throw error;
      throw new Stop(verdict);
    }
  }

  /** What an answer says. @throws Stop when it is not of MLflow's form */
  private parsed({ body }: Answer): ExperimentAnswer & TraceAnswer {
    try {
      const said: unknown = JSON.parse(new TextDecoder().decode(body));
      if (typeof said === "object" && said !== null) return said;
    } catch {
      // Told below, without the server's words: they may be anything.
    }
    throw new Stop(held({ ...NOT_MLFLOW, message: `${this.target.label} answers what no MLflow server answers` }));
  }

  private verdict(answer: Answer): Verdict {
    return verdictOf(answer, this.target.label, secretsIn(this.settings.headers));
  }

  private otlpClient(gzip: boolean): OtlpClient {
    const { base, certificate } = this.settings;
    const settings = {
      url: new URL("v1/traces", base),
      headers: this.settings.headers,
      timeoutMs: this.timeoutMs,
      gzip: gzip && base.protocol === "https:",
      tls: { certificate },
    };
    return new OtlpClient(this.target, settings, "native");
  }
}

const TOO_OLD: Problem = {
  code: "SW2213",
  message: "",
  remedy: "Update it to MLflow 3.6 or newer, which takes spans over OTLP; they wait until then.",
};

const NO_EXPERIMENT: Problem = {
  code: "SW2214",
  message: "",
  remedy: "Name one that is there; the spans wait until then.",
};

const NOT_MLFLOW: Problem = {
  code: "SW2215",
  message: "",
  remedy: "Correct its address; the spans wait until then.",
};

interface ExperimentAnswer {
  readonly experiment_id?: string;
  readonly experiment?: { readonly experiment_id: string };
}

interface TraceAnswer {
  readonly trace?: { readonly spans?: readonly { readonly span_id?: string }[] };
}

function held(problem: Problem): Exclude<Verdict, { is: "taken" }> {
  return { is: "later", afterMs: undefined, problem: { ...problem, message: problem.message }, uncertain: false };
}

function groupsByTrace(groups: readonly SpanGroup[]): Map<string, SpanGroup[]> {
  const traces = new Map<string, SpanGroup[]>();
  for (const { resource, spans } of groups) {
    for (const [traceId, list] of byTrace(spans)) {
      const group = { resource, spans: list };
      const known = traces.get(traceId);
      if (known === undefined) traces.set(traceId, [group]);
      else known.push(group);
    }
  }
  return traces;
}

function without(groups: readonly SpanGroup[], traceId: string): SpanGroup[] {
  return groups.map(({ resource, spans }) => ({
    resource,
    spans: spans.filter(({ trace }) => trace.traceId !== traceId),
  }));
}

function countOf(groups: readonly SpanGroup[]): number {
  return groups.reduce((sum, { spans }) => sum + spans.length, 0);
}

/** `{"experiment":{"experiment_id":"1"}}`, or `{"experiment_id":"1"}` */
function idIn(answer: ExperimentAnswer): string {
  return answer.experiment?.experiment_id ?? answer.experiment_id ?? "";
}

/** Ids of the spans in the answer of `traces/get`, which are in base64. */
function spanIdsOf(answer: TraceAnswer): Set<string> {
  return new Set((answer.trace?.spans ?? []).map(({ span_id }) => hexOf(atob(span_id ?? ""))));
}

/** Bytes given as characters, in hexadecimal digits. */
function hexOf(bytes: string): string {
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}
