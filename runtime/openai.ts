/** `spanwright/openai`: calls of the `openai` package, 6 and 7, as spans of the trace they are made in. */

import { SpanwrightError } from "./diagnostics.ts";
import { APIS, type Api } from "./openai/apis.ts";
import { tracedCreate } from "./openai/call.ts";
import { isObject } from "./streams.ts";

/** The class `OpenAI`, by what is traced of it. */
export interface OpenAIClass {
  readonly Chat: { readonly Completions: { readonly prototype: object } };
  readonly Responses: { readonly prototype: object };
  readonly Embeddings: { readonly prototype: object };
}

/** A client, by what is traced of it. */
export interface OpenAIClient {
  readonly chat: { readonly completions: object };
  readonly responses: object;
  readonly embeddings: object;
}

/**
 * Traces chat completions, responses and embeddings: of every client, given the class, or of one client. Each call
 * becomes a span as MLflow's `mlflow.openai.autolog()` makes it, with the request as inputs, the answer as outputs,
 * a stream's as one message, and the tokens that were used. What the calls return, throw and do stays as it was,
 * `withResponse()` and `asResponse()` too. A second call changes nothing.
 *
 * @param target the class that the program uses: `import` and `require` load a package twice
 * @returns a function that takes back what this call changed
 * @throws SpanwrightError `SW2150` for anything else
 * @example
 * import OpenAI from "openai";
 * import { autolog } from "spanwright/openai";
 *
 * autolog(OpenAI);
 */
export function autolog(target: OpenAIClass | OpenAIClient): () => void {
  const homes = APIS.flatMap((api) => {
    const home = homeOf(target, api);
    return home === undefined ? [] : [{ api, home }];
  });
  if (homes.length === 0) {
    throw new SpanwrightError(
      "SW2150",
      "autolog was given neither the class OpenAI nor a client of it",
      'Give it what `import OpenAI from "openai"` gives, version 6 or 7.',
    );
  }
  const undos = homes.map(({ api, home }) => patch(home, api));
  return () => {
    for (const undo of undos) undo();
  };
}

/** The object that has the method `create` of an API: a prototype, or a part of a client. */
function homeOf(target: unknown, api: Api): object | undefined {
  const path = typeof target === "function" ? api.ofClass : api.ofClient;
  const home = path.reduce((at, name) => (isObject(at) ? Reflect.get(at, name) : undefined), target);
  return isObject(home) && typeof Reflect.get(home, METHOD) === "function" ? home : undefined;
}

const METHOD = "create";
const traced = new WeakSet<object>();

function patch(home: object, api: Api): () => void {
  const original: unknown = Reflect.get(home, METHOD);
  if (!isObject(original) || traced.has(original)) return () => {};
  const before = Object.getOwnPropertyDescriptor(home, METHOD);
  const replacement = tracedCreate(original, api);
  traced.add(replacement);
  Object.defineProperty(home, METHOD, {
    value: replacement,
    enumerable: before?.enumerable ?? false,
    configurable: true,
    writable: true,
  });
  return () => {
    if (Object.getOwnPropertyDescriptor(home, METHOD)?.value !== replacement) return;
    if (before === undefined) Reflect.deleteProperty(home, METHOD);
    else Object.defineProperty(home, METHOD, before);
  };
}
