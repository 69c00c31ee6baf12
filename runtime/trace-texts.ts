/** Tags and metadata: names that MLflow gives a meaning, and values, which are always strings. */

import { entriesOf } from "./attributes.ts";
import { hides, render } from "./capture.ts";
import { report } from "./diagnostics.ts";
import { REDACTED } from "./redaction.ts";

/** Metadata of a trace that MLflow shows in places of their own. */
export const METADATA = {
  session: "mlflow.trace.session",
  user: "mlflow.trace.user",
  model: "mlflow.modelId",
  tokenUsage: "mlflow.trace.tokenUsage",
} as const;

/** The strings of an object of tags or metadata. */
export function texts(given: unknown, from: string): Record<string, string> {
  return Object.fromEntries(entriesOf(given, from).map(([key, value]) => [key, textOf(key, value)]));
}

/** A value as a string; one that is none is kept as its JSON text, which is said once. */
export function textOf(name: string, value: unknown): string {
  if (hides(name, value)) return REDACTED;
  if (typeof value === "string") return value;
  report("SW2113", `no string was given for ${name} of a trace; its JSON text is kept`, "Give it a string.");
  return render(value);
}
