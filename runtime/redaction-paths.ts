/** The option `redact` of a mark: values at given paths are replaced, whatever their names. */

import { REDACTED } from "./redaction.ts";

/** A path into inputs or outputs, a key or an index a part; `*` stands for all of them. */
export type RedactionPath = readonly string[];

/** Reads paths such as `user.email`, `messages[*].content` or `rows.0.id`. */
export function redactionPaths(texts: readonly string[]): readonly RedactionPath[] {
  return texts.map((text) => text.split(/[.[\]]+/).filter((part) => part !== "")).filter((path) => path.length > 0);
}

/** A JSON text of ours with the values at the paths replaced. */
export function redactJson(json: string, paths: readonly RedactionPath[]): string {
  const value: unknown = JSON.parse(json);
  for (const path of paths) replaceAt(value, path, 0);
  return JSON.stringify(value);
}

function replaceAt(value: unknown, path: RedactionPath, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  const part = path[depth];
  const keys = part === "*" ? Object.keys(value) : Object.keys(value).filter((key) => key === part);
  for (const key of keys) {
    if (depth + 1 < path.length) replaceAt(Reflect.get(value, key), path, depth + 1);
    else Reflect.set(value, key, REDACTED);
  }
}
