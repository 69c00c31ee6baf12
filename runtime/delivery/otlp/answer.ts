/** What an OTLP server answers: how many spans it took after all, and why not more. */

/** Spans of an accepted request that the server did not take. */
export interface PartialSuccess {
  readonly rejected: number;
  readonly message: string;
}

const NONE: PartialSuccess = { rejected: 0, message: "" };

/**
 * Reads an ExportTraceServiceResponse, in protobuf or JSON: some servers call JSON protobuf. An answer that
 * is neither is one without complaint, as the request was accepted.
 */
export function partialSuccessOf(body: Uint8Array): PartialSuccess {
  if (body.length === 0) return NONE;
  return body[0] === 0x7b ? fromJson(body) : fromProtobuf(body);
}

function fromJson(body: Uint8Array): PartialSuccess {
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder().decode(body));
  } catch {
    // Not JSON after all. The status has said that the request was accepted.
    return NONE;
  }
  const partial: unknown = typeof answer === "object" && answer !== null && Reflect.get(answer, "partialSuccess");
  if (typeof partial !== "object" || partial === null) return NONE;
  return {
    rejected: Number(Reflect.get(partial, "rejectedSpans") ?? 0) || 0,
    message: String(Reflect.get(partial, "errorMessage") ?? ""),
  };
}

/** `partial_success` is field 1; in it, `rejected_spans` is field 1 and `error_message` field 2. */
function fromProtobuf(body: Uint8Array): PartialSuccess {
  let result = NONE;
  for (const [field, value] of fieldsOf(body)) {
    if (field !== 1 || typeof value === "number") continue;
    let { rejected, message } = NONE;
    for (const [part, content] of fieldsOf(value)) {
      if (part === 1 && typeof content === "number") rejected = content;
      if (part === 2 && typeof content !== "number") message = new TextDecoder().decode(content);
    }
    result = { rejected, message };
  }
  return result;
}

/** The fields of a message that holds only numbers, texts and messages; ends at the first thing it cannot read. */
function* fieldsOf(bytes: Uint8Array): Generator<[field: number, value: number | Uint8Array]> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; at < bytes.length; factor *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const value = varint();
    if (Number.isNaN(value)) return;
    const field = Math.floor(tag / 8);
    if (tag % 8 === 0) yield [field, value];
    else if (tag % 8 !== 2 || at + value > bytes.length) return;
    else {
      yield [field, bytes.subarray(at, at + value)];
      at += value;
    }
  }
}
