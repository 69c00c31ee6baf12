/** Attributes of spans and events: taken from anyone, bounded, redacted, and kept so that they need no copy later. */

import type { Attributes, AttributeValue } from "@opentelemetry/api";
import { clip, hides, limits, render } from "./capture.ts";
import { report } from "./diagnostics.ts";
import { isProxy } from "./platform.ts";
import { REDACTED } from "./redaction.ts";

/** A value that is no OpenTelemetry attribute: kept as its JSON text at the time it was set. */
class Rendered {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

/** Attributes by name. */
export type AttributeStore = Map<string, AttributeValue | Rendered>;

/** Attributes of one span; further ones are counted only. */
export const ATTRIBUTE_LIMIT = 1024;

/** Keeps an attribute; `undefined` and `null` are none. */
export function storeAttribute(store: AttributeStore, key: string, value: unknown): void {
  const kept = attributeOf(key, value);
  if (kept !== undefined) store.set(key, kept);
}

/** Keeps all attributes of what should be an object of them; `undefined` when there are none. */
export function storeOf(given: unknown, from: string): AttributeStore | undefined {
  const store: AttributeStore = new Map();
  for (const [key, value] of entriesOf(given, from)) storeAttribute(store, key, value);
  return store.size === 0 ? undefined : store;
}

/** The attributes in OpenTelemetry's form: what OpenTelemetry has no form for is JSON text. */
export function otelAttributes(store: AttributeStore, into: Attributes = {}): Attributes {
  for (const [key, value] of store) into[key] = value instanceof Rendered ? value.json : value;
  return into;
}

/**
 * The JSON text of an object that holds all attributes.
 *
 * @param fixed attributes of the site, hidden by the span's own of the same name
 */
export function attributesJson(fixed: AttributeStore | undefined, own: AttributeStore | undefined): string | undefined {
  let text = "";
  for (const store of [fixed, own]) {
    for (const [key, value] of store ?? []) {
      if (store === fixed && own?.has(key)) continue;
      text += `${text === "" ? "" : ","}${JSON.stringify(key)}:${value instanceof Rendered ? value.json : render(value)}`;
    }
  }
  return text === "" ? undefined : `{${text}}`;
}

/** Attributes of an event or a link, from anyone. */
export function eventAttributes(given: unknown, from: string): Attributes | undefined {
  if (given === undefined || given === null) return undefined;
  const store = storeOf(given, from);
  return store === undefined ? undefined : otelAttributes(store);
}

/** The own enumerable data properties of what should be an object of attributes; reports anything else. */
export function entriesOf(given: unknown, from: string): [string, unknown][] {
  if (typeof given !== "object" || given === null || isProxy(given) || Array.isArray(given)) {
    badArgument(from, "an object of attributes", given);
    return [];
  }
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(given).slice(0, ATTRIBUTE_LIMIT)) {
    entries.push([key, Object.getOwnPropertyDescriptor(given, key)?.value]);
  }
  return entries;
}

/** Reports a call of the span API that cannot be followed; the call has no effect. */
export function badArgument(from: string, wanted: string, given: unknown): void {
  report("SW2103", `${from} was given ${clip(render(given), 120)} and did nothing`, `Give it ${wanted}.`);
}

function attributeOf(key: string, value: unknown): AttributeValue | Rendered | undefined {
  if (hides(key, value)) return REDACTED;
  switch (typeof value) {
    case "string":
      return clip(value, limits.maxString);
    case "number":
    case "boolean":
      return value;
    case "undefined":
      return undefined;
    default:
      return value === null ? undefined : (primitiveList(value) ?? new Rendered(render(value)));
  }
}

/** A copy of a list of strings, numbers or booleans, as OpenTelemetry takes it; `undefined` for anything else. */
function primitiveList(value: unknown): string[] | number[] | boolean[] | undefined {
  // A Proxy of an array is an array to Array.isArray.
  if (typeof value !== "object" || value === null || isProxy(value) || !Array.isArray(value)) return undefined;
  if (value.length > limits.maxEntries) return undefined;
  const items: unknown[] = [];
  for (let index = 0; index < value.length; index++) {
    items.push(Object.getOwnPropertyDescriptor(value, index)?.value);
  }
  if (items.every((item) => typeof item === "string")) return items.map((item) => clip(item, limits.maxString));
  if (items.every((item) => typeof item === "number")) return items;
  return items.every((item) => typeof item === "boolean") ? items : undefined;
}
