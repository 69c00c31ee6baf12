/** An MLflow server as a place where traces are read and changed. */

import type { MlflowSettings } from "../../delivery/mlflow/target.ts";
import type { Assessment } from "../entities.ts";
import { Trace } from "../entities.ts";
import { problem } from "../failures.ts";
import type { TraceDeletion, TracePart, TraceSearch, TraceStore } from "../trace-store.ts";
import { fieldsIn, isRefusal, type Json, listIn, MlflowApi } from "./api.ts";
import { assessmentJson } from "./assessment-json.ts";
import { assessmentOf, traceInfoOf, traceOf } from "./json.ts";

const TRACES = "api/3.0/mlflow/traces";

/** What the server gives at once. */
const PAGE = 500;
/** Ids in one address. */
const BATCH = 100;

/** The traces of a server. */
export function mlflowTraces(settings: MlflowSettings): TraceStore {
  return new MlflowTraces(new MlflowApi(settings));
}

class MlflowTraces implements TraceStore {
  readonly #api: MlflowApi;

  constructor(api: MlflowApi) {
    this.#api = api;
  }

  async getTrace(traceId: string): Promise<Trace | undefined> {
    const found = await this.#api.ask("GET", `${TRACES}/get?trace_id=tr-${traceId}&allow_partial=true`);
    return found && traceOf(fieldsIn(found.trace));
  }

  async hasTrace(traceId: string): Promise<boolean> {
    return (await this.#info(traceId)) !== undefined;
  }

  async searchTraces(search: TraceSearch): Promise<TracePart> {
    const { filter, orderBy, maxResults, experimentIds, includeSpans } = search;
    const experiments = experimentIds ?? (await this.#ownExperiment());
    const locations = experiments.map((id) => ({
      type: "MLFLOW_EXPERIMENT",
      mlflow_experiment: { experiment_id: id },
    }));
    const infos: Json[] = [];
    let token = search.pageToken;
    do {
      const max = Math.min(PAGE, maxResults - infos.length);
      const asked = { locations, filter, order_by: orderBy, max_results: max, ...(token !== undefined && { page_token: token }) }; // biome-ignore format: one object
      const page = locations.length === 0 ? {} : await this.#search(asked, filter);
      infos.push(...listIn(page.traces));
      token = typeof page.next_page_token === "string" ? page.next_page_token : undefined;
    } while (token !== undefined && infos.length < maxResults);
    const traces = infos.map((info) => new Trace(traceInfoOf(info), []));
    return { traces: includeSpans ? await this.#withSpans(traces) : traces, token };
  }

  async deleteTraces({ experimentId, traceIds, maxTimestampMillis, maxTraces }: TraceDeletion): Promise<number> {
    const groups = traceIds === undefined ? [undefined] : [...traceIds];
    const experiments = new Map<string, string[]>();
    for (const traceId of groups) {
      const experiment = experimentId ?? (await this.#experimentOf(traceId));
      if (experiment === undefined) continue;
      const ids = experiments.get(experiment) ?? [];
      experiments.set(experiment, traceId === undefined ? ids : [...ids, `tr-${traceId}`]);
    }
    let deleted = 0;
    for (const [experiment, ids] of experiments) {
      const answer = await this.#api.ask("POST", `${TRACES}/delete-traces`, {
        experiment_id: experiment,
        ...(traceIds === undefined ? { max_timestamp_millis: Math.floor(maxTimestampMillis ?? 0) } : { request_ids: ids }), // biome-ignore format: one part
        ...(maxTraces !== undefined && { max_traces: maxTraces }),
      });
      deleted += Number(answer?.traces_deleted ?? 0);
    }
    return deleted;
  }

  async setTag(traceId: string, key: string, value: string): Promise<boolean> {
    try {
      return (await this.#api.ask("PATCH", `${TRACES}/tr-${traceId}/tags`, { key, value })) !== undefined;
    } catch (error) {
      // To a trace it does not know, the server's database objects.
      if (isRefusal(error) && !(await this.hasTrace(traceId))) return false;
      throw error;
    }
  }

  async deleteTag(traceId: string, key: string): Promise<boolean> {
    return (await this.#api.ask("DELETE", `${TRACES}/tr-${traceId}/tags`, { key })) !== undefined;
  }

  async addAssessment(assessment: Assessment): Promise<Assessment | undefined> {
    const path = `${TRACES}/tr-${assessment.traceId}/assessments`;
    const added = await this.#api.ask("POST", path, { assessment: assessmentJson(assessment) });
    return added && assessmentOf(fieldsIn(added.assessment));
  }

  async getAssessment(traceId: string, assessmentId: string): Promise<Assessment | undefined> {
    const found = await this.#api.ask("GET", assessmentPath(traceId, assessmentId));
    return found && assessmentOf(fieldsIn(found.assessment));
  }

  async deleteAssessment(traceId: string, assessmentId: string): Promise<boolean> {
    // The server says nothing of one that is not there.
    if ((await this.getAssessment(traceId, assessmentId)) === undefined) return false;
    return (await this.#api.ask("DELETE", assessmentPath(traceId, assessmentId))) !== undefined;
  }

  async #info(traceId: string): Promise<Json | undefined> {
    const found = await this.#api.ask("GET", `${TRACES}/tr-${traceId}`);
    return found && fieldsIn(fieldsIn(found.trace).trace_info);
  }

  async #search(asked: Json, filter: string): Promise<Json> {
    try {
      return (await this.#api.ask("POST", `${TRACES}/search`, asked)) ?? {};
    } catch (error) {
      if (isRefusal(error) && error.errorCode === "INVALID_PARAMETER_VALUE")
        throw problem("filter", filter, error.detail);
      throw error;
    }
  }

  /** The same traces with their spans; of a trace that is not complete, those that have come. */
  async #withSpans(traces: readonly Trace[]): Promise<Trace[]> {
    const spans = new Map<string, Trace["data"]["spans"]>();
    for (let at = 0; at < traces.length; at += BATCH) {
      const ids = traces.slice(at, at + BATCH).map(({ info }) => `trace_ids=tr-${info.traceId}`);
      const answer = await this.#api.ask("GET", `${TRACES}/batchGet?${ids.join("&")}`);
      for (const { info, data } of listIn(answer?.traces).map(traceOf)) spans.set(info.traceId, data.spans);
    }
    return Promise.all(
      traces.map(async (trace) => {
        const known = spans.get(trace.info.traceId);
        return known === undefined
          ? ((await this.getTrace(trace.info.traceId)) ?? trace)
          : new Trace(trace.info, known);
      }),
    );
  }

  async #ownExperiment(): Promise<readonly string[]> {
    const id = await this.#api.experimentId();
    return id === undefined ? [] : [id];
  }

  /** The experiment of a trace; without one, that of this process. */
  async #experimentOf(traceId: string | undefined): Promise<string | undefined> {
    if (traceId === undefined) return this.#api.experimentId();
    const info = await this.#info(traceId);
    return info && traceInfoOf(info).experimentId;
  }
}

function assessmentPath(traceId: string, assessmentId: string): string {
  return `${TRACES}/tr-${traceId}/assessments/${encodeURIComponent(assessmentId)}`;
}
