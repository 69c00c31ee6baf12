/** The methods of the `openai` package that are traced: one row each. */

import { SpanType } from "../span-api.ts";
import { type Assembly, ChatAssembly, ResponseAssembly } from "./assembly.ts";

/** A method `create`, and what its answers are. */
export interface Api {
  /** The span's name, MLflow's: that of the class. */
  readonly name: string;
  readonly spanType: SpanType;
  /** Where the method is, from the class and from a client. */
  readonly ofClass: readonly string[];
  readonly ofClient: readonly string[];
  /** Makes one answer of the events of a stream; `undefined`: it has no streams. */
  readonly assembly: (() => Assembly) | undefined;
}

export const APIS: readonly Api[] = [
  {
    name: "Completions",
    spanType: SpanType.CHAT_MODEL,
    ofClass: ["Chat", "Completions", "prototype"],
    ofClient: ["chat", "completions"],
    assembly: () => new ChatAssembly(),
  },
  {
    name: "Responses",
    spanType: SpanType.CHAT_MODEL,
    ofClass: ["Responses", "prototype"],
    ofClient: ["responses"],
    assembly: () => new ResponseAssembly(),
  },
  {
    name: "Embeddings",
    spanType: SpanType.EMBEDDING,
    ofClass: ["Embeddings", "prototype"],
    ofClient: ["embeddings"],
    assembly: undefined,
  },
];
