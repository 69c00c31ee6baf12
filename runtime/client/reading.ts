/** Finished traces: found, deleted, tagged. */

import { tagKnownTrace, untagKnownTrace } from "../current-trace.ts";
import { report } from "../diagnostics.ts";
import { textOf } from "../trace-texts.ts";
import { CHECKS, fieldsOf, NO_TRACE_ID, optional, required, traceIdOf } from "./arguments.ts";
import type { Trace } from "./entities.ts";
import { problem, TracingError } from "./failures.ts";
import type { Place } from "./place.ts";
import type { TraceSearch } from "./trace-store.ts";

/** What `searchTraces` takes. */
export interface SearchOptions {
  /** Conditions joined by AND: `span.name = 'ask' AND status = 'ERROR' AND tags.env LIKE 'prod%'`. */
  readonly filterString?: string;
  /** Fields, each with `ASC` or `DESC`: `["execution_time DESC"]`; the newest traces first when absent. */
  readonly orderBy?: readonly string[];
  /** At most so many, 100 when absent. */
  readonly maxResults?: number;
  /** Experiments to look in; when absent, all of a store, and of a server the one that this process sends to. */
  readonly experimentIds?: readonly string[];
  /** The same, by MLflow's newer name. */
  readonly locations?: readonly string[];
  /** Only traces of this run. */
  readonly runId?: string;
  /** Only traces of this model. */
  readonly modelId?: string;
  /** `false`: the traces come without their spans. */
  readonly includeSpans?: boolean;
  /** What the page before said in `token`. */
  readonly pageToken?: string;
}

/** Some of the traces that were searched for. */
export interface TracePage extends Array<Trace> {
  /** Where the next page begins; `undefined` on the last. */
  token: string | undefined;
}

/** What `deleteTraces` takes: ids, or a time. */
export interface DeleteOptions {
  readonly traceIds?: readonly string[];
  /** Traces that began at this time or before, milliseconds since the Unix epoch. */
  readonly maxTimestampMillis?: number;
  /** At most so many, the oldest first. */
  readonly maxTraces?: number;
  /** Only traces of this experiment. */
  readonly experimentId?: string;
}

export async function getTrace(at: Place, given: unknown, options: unknown): Promise<Trace | null> {
  const silent = options !== undefined && fieldsOf(options, "the options of getTrace").silent === true;
  const trace = await find(at, given);
  if (trace !== undefined) return trace;
  if (!silent) {
    report(
      "SW2125",
      `getTrace found no trace with the id ${JSON.stringify(given)}`,
      "See that its spans have ended, and that they go to this store.",
    );
  }
  return null;
}

async function find(at: Place, given: unknown): Promise<Trace | undefined> {
  try {
    const traceId = traceIdOf(given);
    return await (await at()).getTrace(traceId);
  } catch (error) {
    if (error instanceof TracingError && error.code === "SW2131") return undefined;
    throw error;
  }
}

export async function searchTraces(at: Place, given: unknown): Promise<TracePage> {
  const search = searchOf(fieldsOf(given, "the options of searchTraces"));
  const { traces, token } = await (await at()).searchTraces(search);
  return Object.assign([...traces], { token });
}

function searchOf(options: Readonly<Record<string, unknown>>): TraceSearch {
  const conditions = [
    optional(options.filterString ?? options.filter, "filterString", CHECKS.text) ?? "",
    conditionOn("metadata.`mlflow.sourceRun`", optional(options.runId, "runId", CHECKS.text)),
    conditionOn("metadata.`mlflow.modelId`", optional(options.modelId, "modelId", CHECKS.text)),
  ];
  return {
    filter: conditions.filter((each) => each.trim() !== "").join(" AND "),
    orderBy: optional(options.orderBy, "orderBy", CHECKS.texts) ?? [],
    maxResults: optional(options.maxResults, "maxResults", CHECKS.count) ?? 100,
    pageToken: optional(options.pageToken, "pageToken", CHECKS.text),
    experimentIds: optional(options.experimentIds ?? options.locations, "experimentIds", CHECKS.texts),
    includeSpans: optional(options.includeSpans, "includeSpans", CHECKS.flag) ?? true,
  };
}

function conditionOn(field: string, value: string | undefined): string {
  return value === undefined ? "" : `${field} = '${value.replaceAll("'", "''")}'`;
}

export async function deleteTraces(at: Place, given: unknown): Promise<number> {
  const options = fieldsOf(given, "the options of deleteTraces");
  const traceIds = optional(options.traceIds, "traceIds", CHECKS.texts);
  const maxTimestampMillis = optional(options.maxTimestampMillis, "maxTimestampMillis", CHECKS.millis);
  if ((traceIds === undefined) === (maxTimestampMillis === undefined)) {
    throw problem("invalid", "deleteTraces", "either traceIds or maxTimestampMillis");
  }
  const deletion = {
    traceIds: traceIds?.map((id) => traceIdOf(id)),
    maxTimestampMillis,
    maxTraces: optional(options.maxTraces, "maxTraces", CHECKS.count),
    experimentId: optional(options.experimentId, "experimentId", CHECKS.text),
  };
  return (await at()).deleteTraces(deletion);
}

/** MLflow's tags that say where a trace is, and whose. */
const FIXED_TAGS: ReadonlySet<string> = new Set(["mlflow.user", "mlflow.artifactLocation"]);

export async function setTraceTag(at: Place, given: unknown, key: unknown, value: unknown): Promise<void> {
  const [traceId, name] = tagOf(given, key);
  if (traceId === NO_TRACE_ID) return;
  const text = textOf(name, value);
  const isKnown = tagKnownTrace(traceId, { [name]: text });
  if (!(await (await at()).setTag(traceId, name, text)) && !isKnown) throw problem("noTrace", traceId);
}

export async function deleteTraceTag(at: Place, given: unknown, key: unknown): Promise<void> {
  const [traceId, name] = tagOf(given, key);
  if (traceId === NO_TRACE_ID) return;
  const isKnown = untagKnownTrace(traceId, name);
  const store = await at();
  if ((await store.deleteTag(traceId, name)) || isKnown) return;
  throw (await store.hasTrace(traceId)) ? problem("noTag", name, traceId) : problem("noTrace", traceId);
}

function tagOf(given: unknown, key: unknown): readonly [traceId: string, key: string] {
  const name = required(key, "the key of a tag", CHECKS.name);
  if (FIXED_TAGS.has(name)) throw problem("fixedTag", name);
  return [traceIdOf(given), name];
}
