/** What lists show of a trace's inputs and outputs: the last thing said, where they are a conversation. */

/** A look before the text is parsed: only these can hold a conversation. */
const HINT = /"(?:messages|choices|input|output|request)":/;

/**
 * The text of the last message of a role, in the forms of the chat completions and responses APIs, as MLflow
 * cuts its previews; the JSON text itself where there is none.
 *
 * @param json JSON text of inputs or outputs
 */
export function previewOf(json: string, role: "user" | "assistant"): string {
  if (!HINT.test(json)) return json;
  return lastSaid(JSON.parse(json), role, 0) ?? json;
}

/** Levels between inputs and their messages: `{ request: { messages } }`, and a parameter's name around that. */
const DEPTH = 3;

function lastSaid(value: unknown, role: string, depth: number): string | undefined {
  if (!isRecord(value) || depth > DEPTH) return undefined;
  const { messages, choices, input, output, request } = value;
  const said = spokenBy(role, messages) ?? choiceOf(choices) ?? spokenBy(role, input) ?? spokenBy(role, output);
  if (said !== undefined) return said;
  if (isRecord(request)) return lastSaid(request, role, depth + 1);
  // The inputs of a function of one parameter stand below its name.
  const [only, ...more] = Object.values(value);
  return more.length === 0 ? lastSaid(only, role, depth + 1) : undefined;
}

/** The last message of the role; the last of all where none is. */
function spokenBy(role: string, messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return undefined;
  const isMessage = (each: unknown) => isRecord(each) && "content" in each;
  const last = messages.findLast((each) => isMessage(each) && each.role === role) ?? messages.findLast(isMessage);
  return isRecord(last) ? textOf(last.content) : undefined;
}

function choiceOf(choices: unknown): string | undefined {
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  return isRecord(first) && isRecord(first.message) ? textOf(first.message.content) : undefined;
}

const TEXT_PARTS: ReadonlySet<unknown> = new Set(["text", "input_text", "output_text"]);

function textOf(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const parts = content.flatMap((part: unknown) =>
    isRecord(part) && TEXT_PARTS.has(part.type) && typeof part.text === "string" ? [part.text] : [],
  );
  return parts.length === 0 ? undefined : parts.join(" ");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
