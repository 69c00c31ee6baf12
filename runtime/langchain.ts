/** `spanwright/langchain`: the runs of a LangChain program as spans, through its callbacks. */

import { dataOf } from "./capture.ts";
import { startSpan } from "./manual.ts";
import { type Span, SpanType } from "./span-api.ts";
import { isReadable } from "./span-arguments.ts";
import { USAGE_ATTRIBUTE } from "./token-usage.ts";

/**
 * Callbacks for LangChain, of `@langchain/core` 1: `callbacks: [tracingHandler()]`. One handler serves any number of
 * runs at once.
 */
export interface TracingHandler {
  /** The callbacks run where the program is, not behind it, so that spans find the function around them. */
  readonly awaitHandlers: true;
  handleChainStart: Start;
  handleChainEnd: End;
  handleChainError: Fail;
  handleChatModelStart: Start;
  handleLLMStart: Start;
  handleLLMNewToken(token: string, place: unknown, runId: string): void;
  handleLLMEnd: End;
  handleLLMError: Fail;
  handleToolStart: Start;
  handleToolEnd: End;
  handleToolError: Fail;
  handleRetrieverStart: Start;
  handleRetrieverEnd: End;
  handleRetrieverError: Fail;
}

// What LangChain passes on is not what all versions of its types say, so only what is read is named.
type Start = (serialized: unknown, input: unknown, runId: string, parentRunId?: string, ...rest: unknown[]) => void;
type End = (output: unknown, runId: string) => void;
type Fail = (error: unknown, runId: string) => void;

/**
 * Makes callbacks that record each chain, model, tool and retriever as a span, below the run that started it, and
 * the first below the current span.
 *
 * @example await chain.invoke({ question }, { callbacks: [tracingHandler()] });
 */
export function tracingHandler(): TracingHandler {
  const runs = new Runs();
  const ends = (read: (output: unknown) => unknown): End => (output, runId) => runs.end(runId, read(output), usageOf(output)); // biome-ignore format: one rule
  const fails: Fail = (error, runId) => runs.fail(runId, error);
  return {
    awaitHandlers: true,
    handleChainStart: runs.starting(SpanType.CHAIN, 7, plain),
    handleChainEnd: ends(plain),
    handleChainError: fails,
    handleChatModelStart: runs.starting(SpanType.CHAT_MODEL, 7, (batches) => plain(oneOf(batches))),
    handleLLMStart: runs.starting(SpanType.LLM, 7, oneOf),
    handleLLMNewToken: (token, _, runId) => runs.token(runId, token),
    handleLLMEnd: ends(generationsOf),
    handleLLMError: fails,
    handleToolStart: runs.starting(SpanType.TOOL, 6, (input) => input),
    handleToolEnd: ends(plain),
    handleToolError: fails,
    handleRetrieverStart: runs.starting(SpanType.RETRIEVER, 6, (input) => input),
    handleRetrieverEnd: ends(plain),
    handleRetrieverError: fails,
  };
}

/** The spans of runs that have not ended. */
class Runs {
  private readonly spans = new Map<string, { readonly span: Span; tokens: number }>();

  /** @param nameAt where among its arguments the callback has the run's name */
  starting(spanType: SpanType, nameAt: number, read: (input: unknown) => unknown): Start {
    return (...given) => {
      const [serialized, input, runId, parentRunId] = given;
      const parent = parentRunId === undefined ? undefined : this.spans.get(parentRunId)?.span;
      const name = textOr(given[nameAt], nameOf(serialized) ?? spanType.toLowerCase());
      const span = startSpan({ name, spanType, parent, inputs: read(input) });
      if (spanType === SpanType.CHAT_MODEL) span.setAttribute("mlflow.message.format", "langchain");
      this.spans.set(runId, { span, tokens: 0 });
    };
  }

  token(runId: string, token: string): void {
    const run = this.spans.get(runId);
    if (run === undefined) return;
    run.span.addEvent(`mlflow.chunk.item.${run.tokens++}`, { "mlflow.chunk.value": JSON.stringify(token) });
  }

  end(runId: string, outputs: unknown, usage: object | undefined): void {
    this.take(runId)?.end({ outputs, ...(usage !== undefined && { attributes: { [USAGE_ATTRIBUTE]: usage } }) });
  }

  fail(runId: string, error: unknown): void {
    const span = this.take(runId);
    span?.recordException(error);
    span?.end();
  }

  private take(runId: string): Span | undefined {
    const span = this.spans.get(runId)?.span;
    this.spans.delete(runId);
    return span;
  }
}

/** The name of a component: the last part of its path of modules. */
function nameOf(serialized: unknown): string | undefined {
  const path = isReadable(serialized) ? dataOf(serialized, "id") : undefined;
  const last: unknown = isReadable(path) && Array.isArray(path) ? path.at(-1) : undefined;
  return typeof last === "string" ? last : undefined;
}

/** The callbacks of models get a list of one. */
function oneOf(batches: unknown): unknown {
  return isReadable(batches) && Array.isArray(batches) && batches.length === 1 ? batches[0] : batches;
}

/** The parts of messages, prompts and documents that say something; what else they hold is LangChain's machinery. */
const PARTS = [
  "type",
  "content",
  "name",
  "tool_calls",
  "tool_call_id",
  "messages",
  "value",
  "pageContent",
  "metadata",
] as const;

/** Levels of a value in which LangChain's objects are looked for, such as a state, its messages and their content. */
const LEVELS = 4;

/** A value of LangChain's as plain data; what lies deeper, or is part of itself, is left to how values are captured. */
function plain(value: unknown, levels = LEVELS): unknown {
  if (!isReadable(value) || levels === 0) return value;
  if (Array.isArray(value)) return value.map((item) => plain(item, levels - 1));
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  const known: Record<string, unknown> = {};
  for (const key of isPlain ? Object.keys(value) : PARTS) {
    const part = dataOf(value, key);
    if (part !== undefined && (isPlain || !isEmptyList(part))) known[key] = plain(part, levels - 1);
  }
  return isPlain || Object.keys(known).length > 0 ? known : value;
}

function isEmptyList(part: unknown): boolean {
  return isReadable(part) && Array.isArray(part) && part.length === 0;
}

/** The message or the text of each answer of a model; of a single one, that. */
function generationsOf(output: unknown): unknown {
  const answers = answersOf(output).map((answer) => plain(dataOf(answer, "message") ?? dataOf(answer, "text")));
  return answers.length === 1 ? answers[0] : answers;
}

function answersOf(output: unknown): object[] {
  const generations = isReadable(output) ? dataOf(output, "generations") : undefined;
  return isReadable(generations) && Array.isArray(generations) ? generations.flat().filter(isReadable) : [];
}

/** The tokens that a model's answers took, as its messages say it. */
function usageOf(output: unknown): object | undefined {
  for (const answer of answersOf(output)) {
    const message = dataOf(answer, "message");
    const usage = isReadable(message) ? dataOf(message, "usage_metadata") : undefined;
    if (!isReadable(usage)) continue;
    const count = (key: string) => dataOf(usage, key) ?? 0;
    return {
      input_tokens: count("input_tokens"),
      output_tokens: count("output_tokens"),
      total_tokens: count("total_tokens"),
    };
  }
  return undefined;
}

function textOr(given: unknown, otherwise: string): string {
  return typeof given === "string" && given !== "" ? given : otherwise;
}
