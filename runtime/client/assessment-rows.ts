/** Assessments as rows of the embedded store. */

import type { SQLInputValue, SQLOutputValue } from "node:sqlite";
import type { Assessment } from "./entities.ts";

/** The columns of an assessment. */
export function assessmentValues(assessment: Assessment): Record<string, SQLInputValue> {
  const { source, error, value, metadata } = assessment;
  return {
    id: assessment.assessmentId,
    trace_id: assessment.traceId,
    span_id: assessment.spanId ?? null,
    name: assessment.name,
    kind: assessment.kind,
    value: value === undefined ? null : JSON.stringify(value),
    error: error === undefined ? null : JSON.stringify(error),
    source_type: source.sourceType,
    source_id: source.sourceId,
    rationale: assessment.rationale ?? null,
    metadata: JSON.stringify(metadata),
    created_ms: assessment.createTimeMs,
    updated_ms: assessment.lastUpdateTimeMs,
    overrides: assessment.overrides ?? null,
    valid: assessment.valid ? 1 : 0,
  };
}

/** The assessment in a row. */
export function assessmentOf(row: Record<string, SQLOutputValue>): Assessment {
  return {
    assessmentId: String(row.id),
    traceId: String(row.trace_id),
    spanId: text(row.span_id),
    name: String(row.name),
    kind: row.kind === "expectation" ? "expectation" : "feedback",
    value: json(row.value),
    error: json(row.error),
    source: {
      sourceType: (["HUMAN", "LLM_JUDGE", "CODE"] as const).find((type) => type === row.source_type) ?? "CODE",
      sourceId: String(row.source_id),
    },
    rationale: text(row.rationale),
    metadata: json(row.metadata) ?? {},
    createTimeMs: Number(row.created_ms),
    lastUpdateTimeMs: Number(row.updated_ms),
    overrides: text(row.overrides),
    valid: row.valid === 1,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse returns is what was written.
function json(value: SQLOutputValue | undefined): any {
  return typeof value === "string" ? JSON.parse(value) : undefined;
}

function text(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
