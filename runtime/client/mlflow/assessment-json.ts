/** Assessments in the form in which MLflow's REST API takes them. */

import type { Assessment } from "../entities.ts";

/** An assessment in a request that adds it; the server gives it an id and its times. */
export function assessmentJson(assessment: Assessment): Readonly<Record<string, unknown>> {
  const { traceId, spanId, name, kind, value, error, source, rationale, metadata, overrides } = assessment;
  // Only expectations have a form in which numbers stay as they are inside of lists and objects.
  const isTree = kind === "expectation" && typeof value === "object" && value !== null;
  const content = isTree
    ? { serialized_value: { serialization_format: "JSON_FORMAT", value: JSON.stringify(value) } }
    : { value: value ?? null };
  const failure = error && {
    error_code: error.errorCode,
    error_message: error.errorMessage,
    stack_trace: error.stackTrace,
  };
  return {
    assessment_name: name,
    trace_id: `tr-${traceId}`,
    source: { source_type: source.sourceType, source_id: source.sourceId },
    [kind]: failure === undefined ? content : { error: failure },
    ...(spanId !== undefined && { span_id: spanId }),
    ...(rationale !== undefined && { rationale }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
    ...(overrides !== undefined && { overrides }),
  };
}

/** The same in a request that tells of a whole trace, in which it has its id and its times already. */
export function keptAssessmentJson(assessment: Assessment): Readonly<Record<string, unknown>> {
  return {
    ...assessmentJson(assessment),
    assessment_id: assessment.assessmentId,
    create_time: new Date(assessment.createTimeMs).toISOString(),
    last_update_time: new Date(assessment.lastUpdateTimeMs).toISOString(),
    valid: assessment.valid,
  };
}
