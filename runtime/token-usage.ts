/** Tokens that a trace used, from what its spans say of themselves in `mlflow.chat.tokenUsage`. */

/** Tokens of one span or one trace, in MLflow's names. */
export interface TokenUsage {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly total_tokens: number;
}

/** The part of a span that counts. */
export interface UsingSpan {
  readonly spanId: string;
  readonly parentId: string | undefined;
  /** The attribute `mlflow.chat.tokenUsage`; absent members count as 0. */
  readonly usage: unknown;
}

/** The attribute that holds a span's usage. */
export const USAGE_ATTRIBUTE = "mlflow.chat.tokenUsage";

/**
 * The sum of what the spans used, counted once a branch: a span below one that has a usage is part of it.
 *
 * @returns `undefined` when no span says anything
 */
export function tokenUsageOf(spans: readonly UsingSpan[]): TokenUsage | undefined {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const counted = spans.filter((span) => isUsage(span.usage) && !hasUsageAbove(span, byId));
  if (counted.length === 0) return undefined;
  const sum = (key: keyof TokenUsage) => counted.reduce((total, { usage }) => total + countOf(usage, key), 0);
  return { input_tokens: sum("input_tokens"), output_tokens: sum("output_tokens"), total_tokens: sum("total_tokens") };
}

function hasUsageAbove(span: UsingSpan, byId: ReadonlyMap<string, UsingSpan>): boolean {
  const seen = new Set([span.spanId]);
  for (let at = parentOf(span, byId); at !== undefined && !seen.has(at.spanId); at = parentOf(at, byId)) {
    if (isUsage(at.usage)) return true;
    seen.add(at.spanId);
  }
  return false;
}

function parentOf({ parentId }: UsingSpan, byId: ReadonlyMap<string, UsingSpan>): UsingSpan | undefined {
  return parentId === undefined ? undefined : byId.get(parentId);
}

function isUsage(usage: unknown): usage is object {
  return typeof usage === "object" && usage !== null;
}

function countOf(usage: unknown, key: string): number {
  const count: unknown = isUsage(usage) ? Reflect.get(usage, key) : undefined;
  return typeof count === "number" ? count : 0;
}
