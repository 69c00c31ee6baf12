/**
 * Makes of the events of a stream the answer that the same request has without `stream`.
 * Format: https://platform.openai.com/docs/api-reference/chat-streaming,
 * https://platform.openai.com/docs/api-reference/responses-streaming
 */

/** The answer of a stream, as far as it has come. */
export interface Assembly {
  add(event: unknown): void;
  answer(): unknown;
}

type Part = Record<string, unknown>;

/** Texts that come in pieces; any other text is whole each time it comes. */
const IN_PIECES: ReadonlySet<string> = new Set([
  "content",
  "refusal",
  "reasoning",
  "reasoning_content",
  "arguments",
  "input",
  "transcript",
]);

/** Events `chat.completion.chunk`, whose choices hold pieces of messages. */
export class ChatAssembly implements Assembly {
  private readonly whole: Part = {};
  private readonly choices = new Map<unknown, Part>();

  add(event: unknown): void {
    if (!isPart(event)) return;
    const { choices, ...rest } = event;
    merge(this.whole, rest);
    for (const choice of Array.isArray(choices) ? choices : []) {
      if (!isPart(choice)) continue;
      const { index, delta, ...others } = choice;
      const known = this.choices.get(index) ?? { index, message: {} };
      this.choices.set(index, known);
      merge(known, { ...others, ...(isPart(delta) && { message: delta }) });
    }
  }

  answer(): unknown {
    const choices = [...this.choices.values()].sort((a, b) => Number(a.index) - Number(b.index));
    return { ...this.whole, object: "chat.completion", choices };
  }
}

/** Adds what an event says to what those before it said. */
function merge(into: Part, piece: Part): Part {
  for (const [key, value] of Object.entries(piece)) {
    const known = into[key];
    if (value === undefined || (value === null && known !== undefined)) continue;
    if (typeof value === "string" && typeof known === "string" && IN_PIECES.has(key)) into[key] = known + value;
    else if (Array.isArray(value) && value.every(isIndexed)) into[key] = mergeItems(known, value);
    else if (isPart(value)) into[key] = merge(isPart(known) ? known : {}, value);
    else into[key] = value;
  }
  return into;
}

/** Calls of tools, each of which comes in pieces of its own under its index. */
function mergeItems(known: unknown, pieces: readonly { readonly index: number }[]): unknown[] {
  const items: unknown[] = Array.isArray(known) ? known : [];
  for (const { index, ...piece } of pieces) {
    const at = Math.min(index, items.length);
    const item = items[at];
    items[at] = merge(isPart(item) ? item : {}, piece);
  }
  return items;
}

function isIndexed(item: unknown): item is { readonly index: number } {
  return isPart(item) && typeof item.index === "number" && item.index >= 0;
}

/** Events `response.*`: some hold the whole answer as it stands, the last one the final one. */
export class ResponseAssembly implements Assembly {
  private snapshot: Part = {};
  private readonly output: unknown[] = [];
  private text = "";

  add(event: unknown): void {
    if (!isPart(event)) return;
    if (isPart(event.response)) this.snapshot = event.response;
    else if (event.type === "response.output_item.done") this.output.push(event.item);
    else if (event.type === "response.output_text.delta" && typeof event.delta === "string") this.text += event.delta;
  }

  answer(): unknown {
    const { output } = this.snapshot;
    const isWhole = Array.isArray(output) && output.length >= this.output.length && output.length > 0;
    return isWhole ? this.snapshot : { ...this.snapshot, output: this.output, output_text: this.text };
  }
}

function isPart(value: unknown): value is Part {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
