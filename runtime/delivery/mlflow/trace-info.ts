/** A trace as a whole in the form that MLflow's `StartTraceV3` takes it. */

import { keptAssessmentJson } from "../../client/mlflow/assessment-json.ts";
import type { TokenUse, TraceSummary } from "../outbox.ts";

/** Characters that MLflow's client keeps of a value. */
const METADATA_LENGTH = 250;
const TAG_LENGTH = 4096;

/** The body of the request. It must hold all that the server knows already, or the server fails. */
export function startTraceBody(trace: TraceSummary, experimentId: string): object {
  const tokens = totalTokens(trace);
  const metadata = {
    "mlflow.trace_schema.version": "3",
    ...trace.metadata,
    ...(tokens !== undefined && { "mlflow.trace.tokenUsage": JSON.stringify(tokens) }),
  };
  return {
    trace: {
      trace_info: {
        trace_id: `tr-${trace.traceId}`,
        ...(trace.clientRequestId !== undefined && { client_request_id: trace.clientRequestId }),
        trace_location: { type: "MLFLOW_EXPERIMENT", mlflow_experiment: { experiment_id: experimentId } },
        request_time: new Date(trace.startUs / 1000).toISOString(),
        execution_duration: `${(trace.endUs - trace.startUs) / 1e6}s`,
        state: trace.state,
        trace_metadata: cutAll(metadata, METADATA_LENGTH),
        tags: tagsOf(trace),
        ...(trace.requestPreview !== undefined && { request_preview: trace.requestPreview }),
        ...(trace.responsePreview !== undefined && { response_preview: trace.responsePreview }),
        ...(trace.assessments.length > 0 && { assessments: trace.assessments.map(keptAssessmentJson) }),
      },
    },
  };
}

/** A trace's tags, MLflow's own among them. */
export function tagsOf({ name, tags }: TraceSummary): Record<string, string> {
  return cutAll({ ...(name !== undefined && { "mlflow.traceName": name }), ...tags }, TAG_LENGTH);
}

/** The tokens of a trace: a span that says what it used speaks for all below it. */
export function totalTokens({ tokenUse, parents }: TraceSummary): Record<string, number> | undefined {
  if (tokenUse.length === 0) return undefined;
  const speakers = new Set(tokenUse.map(({ spanId }) => spanId));
  const total: Record<string, number> = {};
  for (const { tokens } of tokenUse.filter((use) => !hasSpeakerAbove(use, speakers, parents))) {
    for (const [name, count] of Object.entries(tokens)) {
      if (typeof count === "number") total[name] = (total[name] ?? 0) + count;
    }
  }
  return total;
}

function hasSpeakerAbove(
  { parentId }: TokenUse,
  speakers: ReadonlySet<string>,
  parents: TraceSummary["parents"],
): boolean {
  // Spans that other programs send may go round in a circle.
  let steps = parents.size;
  for (let above = parentId; above !== undefined && steps-- >= 0; above = parents.get(above)) {
    if (speakers.has(above)) return true;
  }
  return false;
}

function cutAll(values: Readonly<Record<string, string>>, length: number): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value.slice(0, length)]));
}
