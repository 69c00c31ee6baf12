/**
 * Renders values of the program as bounded JSON text, at the moment they are seen. No code of the program
 * runs for it: accessors are named, not read; a Proxy is never touched; of foreign `toString`s only that of
 * decimal numbers is called (see {@link TAGGED}). Nothing here throws.
 *
 * | value | JSON |
 * |---|---|
 * | `undefined` in an object / elsewhere | left out / `null` |
 * | `NaN`, `Infinity` | `"NaN"`, `"Infinity"` |
 * | a bigint | its digits as a string, as protobuf's JSON has 64-bit integers |
 * | a symbol, a function | `"Symbol(name)"`, `"[Function name]"` |
 * | a Map with string keys / any other Map / a Set | object / list of pairs / list |
 * | an Error | its name, message, stack, cause, errors and own properties |
 * | a Date, URL, regular expression, Temporal value | its text |
 * | bytes and typed arrays | `"[Uint8Array(16)]"` |
 * | a span | its name and ids |
 * | an event emitter, a stream, a promise, a generator, ... | `"[ReadableStream]"` |
 * | an instance of a class | its own enumerable properties |
 * | an accessor, a Proxy, an ancestor of itself | `"[Getter]"`, `"[Proxy]"`, `"[Circular]"` |
 * | what goes by a secret's name | `"[redacted]"` |
 * | beyond a limit | `"text…(+12 chars)"`, `[…, "…(+3 items)"]`, `{…, "…": "+4 keys"}`, `"[Object]"` |
 */

import { isNativeError, isProxy } from "./platform.ts";
import { isSecret, REDACTED } from "./redaction.ts";

/** How much of a value is kept. */
export interface CaptureLimits {
  /** Levels of nesting; 8. */
  maxDepth: number;
  /** Entries of one object, array, Map or Set; 200. */
  maxEntries: number;
  /** Values within one value; 2,000. */
  maxValues: number;
  /** UTF-16 units of one string; 32,768. */
  maxString: number;
  /** UTF-16 units of the whole JSON text, up to the marks that close it; 131,072. */
  maxTotal: number;
}

/** The limits in force. */
export const limits: CaptureLimits = {
  maxDepth: 8,
  maxEntries: 200,
  maxValues: 2000,
  maxString: 32_768,
  maxTotal: 131_072,
};

/** A method of the runtime's own objects: answers what is rendered in their place. */
export const SHOWN: unique symbol = Symbol("what is shown of it");

/** Takes a parameter's value from the flat list of values, from the cursor on. */
export type TakeValue = (values: readonly unknown[], cursor: Cursor) => unknown;

/** A parameter of a traced function, prepared for {@link renderInputs} by {@link inputColumn}. */
export interface InputColumn {
  /** The name as a JSON text, with its colon. */
  readonly key: string;
  /** Whether the name is a secret's. */
  readonly secret: boolean;
  /** `undefined`: the value is the next one. */
  readonly take: TakeValue | undefined;
}

/** Position in a flat list of values. */
export interface Cursor {
  at: number;
}

const UNRENDERABLE = '"[unrenderable]"';
const REDACTED_JSON = JSON.stringify(REDACTED);

/** The JSON text of a value, always valid JSON. */
export function render(value: unknown): string {
  const simple = renderSimple(value);
  if (simple !== undefined) return simple;
  try {
    return new Walk().value(value, 0);
  } catch {
    return UNRENDERABLE;
  }
}

/** Prepares a parameter; what counts as a secret's name is settled now. */
export function inputColumn(name: string, take?: TakeValue): InputColumn {
  return { key: `${JSON.stringify(name)}:`, secret: isSecret(name), take };
}

/** The JSON text of an object that holds the parameters' values by name. */
export function renderInputs(columns: readonly InputColumn[], values: readonly unknown[]): string {
  let walk: Walk | undefined;
  const cursor: Cursor = { at: 0 };
  let text = "";
  for (const { key, secret, take } of columns) {
    let json: string | undefined;
    try {
      const value = take === undefined ? values[cursor.at++] : take(values, cursor);
      if (value === undefined) continue;
      json = secret && canHide(value) ? REDACTED_JSON : renderSimple(value);
      if (json === undefined) {
        walk ??= new Walk();
        json = walk.value(value, 0);
      }
    } catch {
      json = UNRENDERABLE;
    }
    text += text === "" ? key + json : `,${key}${json}`;
  }
  return `{${text}}`;
}

/** Whether a value is hidden because of its name. */
export function hides(name: string, value: unknown): boolean {
  return canHide(value) && isSecret(name);
}

/** Nothing and booleans hold no secret. */
function canHide(value: unknown): boolean {
  return value !== undefined && value !== null && typeof value !== "boolean";
}

/** The text, cut to a number of UTF-16 units with a mark that counts what was cut. */
export function clip(text: string, units: number): string {
  if (text.length <= units) return text;
  // Half of a surrogate pair is no character.
  const end = isHighSurrogate(text.charCodeAt(units - 1)) ? units - 1 : units;
  return `${text.slice(0, end)}…(+${text.length - end} chars)`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** What needs no walk: primitives, strings only when they fit. */
function renderSimple(value: unknown): string | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? `${value}` : `"${value}"`;
    case "string":
      return value.length <= 1024 && value.length <= limits.maxString && value.length <= limits.maxTotal
        ? JSON.stringify(value)
        : undefined;
    case "boolean":
      return value ? "true" : "false";
    case "undefined":
      return "null";
    case "bigint":
      return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? `"${value}"` : undefined;
    case "object":
      return value === null ? "null" : undefined;
    default:
      return undefined;
  }
}

const KEY_LIMIT = 4096;
const quotedKeys = new Map<string, string>();

function quoteKey(key: string): string {
  const seen = quotedKeys.get(key);
  if (seen !== undefined) return seen;
  const quoted = JSON.stringify(clip(key, 256));
  if (quotedKeys.size >= KEY_LIMIT) quotedKeys.clear();
  if (key.length <= 64) quotedKeys.set(key, quoted);
  return quoted;
}

/** One rendering: what is left of the limits, and the objects around the value at hand. */
class Walk {
  private left = limits.maxTotal;
  private valuesLeft = limits.maxValues;
  private readonly ancestors: object[] = [];

  /** The JSON text of a value at a depth. */
  value(value: unknown, depth: number): string {
    this.valuesLeft -= 1;
    switch (typeof value) {
      case "object":
        return value === null ? "null" : this.object(value, depth);
      case "string":
        return this.string(value);
      case "bigint":
      case "symbol":
        return this.string(String(value));
      case "function":
        return this.string(isProxy(value) ? "[Proxy]" : `[Function ${nameOf(value) || "(anonymous)"}]`);
      default: {
        const json = renderSimple(value) ?? "null";
        this.left -= json.length;
        return json;
      }
    }
  }

  /** A string, cut so that what is written, escapes included, fits. */
  string(value: string): string {
    let units = Math.min(value.length, limits.maxString, Math.max(this.left, 32));
    let json = JSON.stringify(clip(value, units));
    while (json.length > this.left + 64 && units > 32) {
      units = Math.max(32, Math.floor((units * this.left) / json.length));
      json = JSON.stringify(clip(value, units));
    }
    this.left -= json.length;
    return json;
  }

  /** A list that is read one by one; `next` answers {@link END} after the last. */
  list(size: number, next: () => unknown, depth: number): string {
    let text = "[";
    for (let index = 0; index < size; index++) {
      if (index >= limits.maxEntries || this.isSpent()) {
        text += `${index === 0 ? "" : ","}"…(+${size - index} items)"`;
        break;
      }
      const item = next();
      if (item === END) break;
      this.left -= 1;
      text += `${index === 0 ? "" : ","}${item instanceof Written ? item.json : this.value(item, depth + 1)}`;
    }
    return `${text}]`;
  }

  /** Entries of an object; a value that is {@link Written} goes in as it is. */
  entries(size: number, next: () => readonly [string, unknown] | undefined, depth: number): string {
    let text = "{";
    let seen = 0;
    for (; seen < size; seen++) {
      if (seen >= limits.maxEntries || this.isSpent()) {
        text += `${text === "{" ? "" : ","}"…":"+${size - seen} keys"`;
        break;
      }
      const entry = next();
      if (entry === undefined) break;
      const [key, item] = entry;
      if (item === undefined) continue;
      const name = quoteKey(key);
      this.left -= name.length + 2;
      text += `${text === "{" ? "" : ","}${name}:${this.entry(key, item, depth)}`;
    }
    return `${text}}`;
  }

  private isSpent(): boolean {
    return this.left <= 0 || this.valuesLeft <= 0;
  }

  private entry(key: string, item: unknown, depth: number): string {
    if (item instanceof Written) return item.json;
    return hides(key, item) ? REDACTED_JSON : this.value(item, depth + 1);
  }

  /** The own enumerable properties of an object. */
  properties(value: object, depth: number): string {
    const keys = Object.keys(value);
    let index = 0;
    return this.entries(
      keys.length,
      () => {
        const key = keys[index++];
        return key === undefined ? undefined : [key, ownValue(value, key)];
      },
      depth,
    );
  }

  private object(value: object, depth: number): string {
    if (isProxy(value)) return this.string("[Proxy]");
    if (this.ancestors.includes(value)) return this.string("[Circular]");
    if (depth >= limits.maxDepth) return this.string(Array.isArray(value) ? `[Array(${value.length})]` : "[Object]");
    this.ancestors.push(value);
    try {
      return this.inside(value, depth);
    } finally {
      this.ancestors.pop();
    }
  }

  private inside(value: object, depth: number): string {
    if (Array.isArray(value)) {
      let index = 0;
      return this.list(value.length, () => ownValue(value, index++), depth);
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.properties(value, depth);
    const writer = writerOf(value);
    if (writer !== undefined) {
      try {
        return writer(value, this, depth);
      } catch {
        // Its prototype says it is what it is not: Object.create(Date.prototype).
      }
    }
    return this.instance(value, depth);
  }

  /** An instance of a class: its properties, or its name where those say nothing. */
  private instance(value: object, depth: number): string {
    if (holdsMachinery(value)) return this.string(`[${classOf(value) ?? "Object"}]`);
    const tag = dataOf(value, Symbol.toStringTag);
    if (typeof tag !== "string" || Object.keys(value).length > 0) return this.properties(value, depth);
    return this.string(`[${tag}]`);
  }
}

/** A JSON text among values. */
class Written {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

const GETTER = new Written('"[Getter]"');
const END = Symbol("end");

/** An own property's value without running its getter. */
function ownValue(value: object, key: PropertyKey): unknown {
  const descriptor = Object.getOwnPropertyDescriptor(value, key);
  if (descriptor === undefined) return undefined;
  return "value" in descriptor ? descriptor.value : GETTER;
}

/**
 * The value of a data property of an object or of its prototypes; `undefined` for accessors, and as soon as
 * a Proxy is in the way.
 */
export function dataOf(value: object, key: PropertyKey): unknown {
  let holder: object | null = value;
  while (holder !== null && !isProxy(holder)) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, key);
    if (descriptor !== undefined) return descriptor.value;
    holder = Object.getPrototypeOf(holder);
  }
  return undefined;
}

/** The name of the class an object is an instance of. */
function classOf(value: object): string | undefined {
  const made = dataOf(value, "constructor");
  return typeof made === "function" && !isProxy(made) ? nameOf(made) : undefined;
}

function nameOf(made: object): string | undefined {
  const name = ownValue(made, "name");
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** Whether an object is a stream, a socket, a server or another emitter: its properties are its machinery. */
function holdsMachinery(value: object): boolean {
  return Object.hasOwn(value, "_events") || Object.hasOwn(value, "_readableState");
}

type Writer = (value: object, walk: Walk, depth: number) => string;

/** What an accessor of a built-in prototype reads: it works on its own kind only, whatever the realm. */
function intrinsic(prototype: object, key: PropertyKey): (value: object) => unknown {
  const get = Object.getOwnPropertyDescriptor(prototype, key)?.get;
  if (get === undefined) throw new TypeError(`no accessor ${String(key)}`);
  return (value) => Reflect.apply(get, value, []);
}

const TypedArray: object = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrayName = intrinsic(TypedArray, Symbol.toStringTag);
const typedArrayLength = intrinsic(TypedArray, "length");
const arrayBufferLength = intrinsic(ArrayBuffer.prototype, "byteLength");
const dataViewLength = intrinsic(DataView.prototype, "byteLength");
const mapSize = intrinsic(Map.prototype, "size");
const setSize = intrinsic(Set.prototype, "size");
const regExpSource = intrinsic(RegExp.prototype, "source");
const regExpFlags = intrinsic(RegExp.prototype, "flags");
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;
const mapNext: () => IteratorResult<[unknown, unknown]> = Object.getPrototypeOf(new Map().entries()).next;
const setNext: () => IteratorResult<unknown> = Object.getPrototypeOf(new Set().values()).next;
const toISOString = Date.prototype.toISOString;
const getTime = Date.prototype.getTime;

function writeMap(value: object, walk: Walk, depth: number): string {
  const size = Number(mapSize(value));
  const pairs = Reflect.apply(mapEntries, value, []);
  const next = () => Reflect.apply(mapNext, pairs, []);
  if (!hasOnlyStringKeys(value, size)) {
    return walk.list(size, () => pairOrEnd(next()), depth);
  }
  return walk.entries(
    size,
    () => {
      const { done, value: pair } = next();
      return done === true || pair === undefined ? undefined : [String(pair[0]), pair[1]];
    },
    depth,
  );
}

/** A pair of a Map; its value is hidden when its key is a secret's name. */
function pairOrEnd({ done, value }: IteratorResult<[unknown, unknown]>): unknown {
  if (done === true || value === undefined) return END;
  const [key, item] = value;
  return typeof key === "string" && hides(key, item) ? [key, REDACTED] : [key, item];
}

function hasOnlyStringKeys(value: object, size: number): boolean {
  const pairs = Reflect.apply(mapEntries, value, []);
  for (let index = 0; index < size && index < limits.maxEntries; index++) {
    if (typeof Reflect.apply(mapNext, pairs, []).value?.[0] !== "string") return false;
  }
  return true;
}

function writeSet(value: object, walk: Walk, depth: number): string {
  const values = Reflect.apply(setValues, value, []);
  const next = () => {
    const { done, value: item } = Reflect.apply(setNext, values, []);
    return done === true ? END : item;
  };
  return walk.list(Number(setSize(value)), next, depth);
}

function writeDate(value: object, walk: Walk): string {
  return walk.string(
    Number.isNaN(Reflect.apply(getTime, value, [])) ? "Invalid Date" : Reflect.apply(toISOString, value, []),
  );
}

function writeRegExp(value: object, walk: Walk): string {
  // `flags` reads the properties global, sticky, ... of the object, which may be the program's own.
  const untouched = Object.getPrototypeOf(value) === RegExp.prototype && Object.getOwnPropertyNames(value).length === 1;
  return walk.string(`/${regExpSource(value)}/${untouched ? regExpFlags(value) : ""}`);
}

function writeTypedArray(value: object, walk: Walk): string {
  const name = classOf(value) === "Buffer" ? "Buffer" : typedArrayName(value);
  return walk.string(`[${name}(${typedArrayLength(value)})]`);
}

function writeError(value: object, walk: Walk, depth: number): string {
  if (!isNativeError(value)) return walk.properties(value, depth);
  const parts: [string, unknown][] = [
    ["name", errorName(value)],
    ["message", dataOf(value, "message")],
    ["stack", stackOf(value)],
    ["cause", ownValue(value, "cause")],
    ["errors", ownValue(value, "errors")],
  ];
  const named = new Set(parts.map(([name]) => name));
  for (const key of Object.keys(value)) if (!named.has(key)) parts.push([key, ownValue(value, key)]);
  let index = 0;
  return walk.entries(parts.length, () => parts[index++], depth);
}

/** An error's name: its `name`, or its class where that is only `Error`. */
export function errorName(error: object): string {
  const name = dataOf(error, "name");
  if (typeof name === "string" && name !== "" && name !== "Error") return name;
  return classOf(error) ?? "Error";
}

/** An error's stack. The one read that may run the program's code: its `Error.prepareStackTrace`. */
export function stackOf(error: object): string | undefined {
  if (!isNativeError(error)) return undefined;
  try {
    const descriptor = Object.getOwnPropertyDescriptor(error, "stack");
    const stack: unknown = descriptor?.get === undefined ? descriptor?.value : Reflect.apply(descriptor.get, error, []);
    return typeof stack === "string" ? stack : undefined;
  } catch {
    return undefined;
  }
}

/** A writer that renders what a built-in method without arguments returns. */
function text(method: (this: never) => unknown): Writer {
  return (value, walk, depth) => walk.value(Reflect.apply(method, value, []), depth);
}

/** Renderers of built-in kinds, by the prototype their instances inherit from. */
const WRITERS: ReadonlyMap<object, Writer> = new Map<object, Writer>([
  [Date.prototype, writeDate],
  [Map.prototype, writeMap],
  [Set.prototype, writeSet],
  [Error.prototype, writeError],
  [RegExp.prototype, writeRegExp],
  [TypedArray, writeTypedArray],
  [ArrayBuffer.prototype, (value, walk) => walk.string(`[ArrayBuffer(${arrayBufferLength(value)})]`)],
  [DataView.prototype, (value, walk) => walk.string(`[DataView(${dataViewLength(value)})]`)],
  [Promise.prototype, (_, walk) => walk.string("[Promise]")],
  [Number.prototype, text(Number.prototype.valueOf)],
  [String.prototype, text(String.prototype.valueOf)],
  [Boolean.prototype, text(Boolean.prototype.valueOf)],
  [BigInt.prototype, text(BigInt.prototype.valueOf)],
  [Symbol.prototype, text(Symbol.prototype.valueOf)],
  ...(typeof URL === "function"
    ? ([
        [URL.prototype, (value, walk) => walk.string(String(intrinsic(URL.prototype, "href")(value)))],
        [URLSearchParams.prototype, text(URLSearchParams.prototype.toString)],
      ] satisfies [object, Writer][])
    : []),
]);

/** Renderers by `Symbol.toStringTag`, for kinds whose constructor may be absent, or costly to touch. */
const TAGGED: Readonly<Record<string, Writer | undefined>> = {
  Headers: (value, walk, depth) => {
    const pairs: [string, string][] = [];
    Headers.prototype.forEach.call(value, (item, key) => pairs.push([key, item]));
    let index = 0;
    return walk.entries(pairs.length, () => pairs[index++], depth);
  },
  Decimal: writeOwnText,
  "Temporal.Duration": writeOwnText,
  "Temporal.Instant": writeOwnText,
  "Temporal.PlainDate": writeOwnText,
  "Temporal.PlainDateTime": writeOwnText,
  "Temporal.PlainMonthDay": writeOwnText,
  "Temporal.PlainTime": writeOwnText,
  "Temporal.PlainYearMonth": writeOwnText,
  "Temporal.ZonedDateTime": writeOwnText,
};

function writeOwnText(value: object, walk: Walk): string {
  const method = dataOf(value, "toString");
  const result: unknown = typeof method === "function" ? Reflect.apply(method, value, []) : undefined;
  if (typeof result !== "string") throw new TypeError("no text");
  return walk.string(result);
}

function writeShown(value: object, walk: Walk, depth: number): string {
  const method = dataOf(value, SHOWN);
  const shown: unknown = typeof method === "function" ? Reflect.apply(method, value, []) : undefined;
  if (typeof shown !== "object" || shown === null) throw new TypeError("nothing to show");
  return walk.properties(shown, depth);
}

/** Other realms have other prototypes: their objects are known by what is built into them. */
const FOREIGN: readonly (readonly [probe: (value: object) => unknown, Writer])[] = [
  [mapSize, writeMap],
  [setSize, writeSet],
  [(value) => Reflect.apply(getTime, value, []), writeDate],
  [arrayBufferLength, (value, walk) => walk.string(`[ArrayBuffer(${arrayBufferLength(value)})]`)],
];

function writerOf(value: object): Writer | undefined {
  let top: object = value;
  for (let next: object | null = value; next !== null; next = Object.getPrototypeOf(next)) {
    if (isProxy(next)) return undefined;
    const writer = WRITERS.get(next);
    if (writer !== undefined && next !== value) return writer;
    top = next;
  }
  if (dataOf(value, SHOWN) !== undefined) return writeShown;
  const tag = dataOf(value, Symbol.toStringTag);
  if (typeof tag === "string") return Object.hasOwn(TAGGED, tag) ? TAGGED[tag] : foreignWriterOf(value);
  return top === Object.prototype ? undefined : foreignWriterOf(value);
}

function foreignWriterOf(value: object): Writer | undefined {
  if (isNativeError(value)) return writeError;
  if (ArrayBuffer.isView(value) && typedArrayName(value) !== undefined) return writeTypedArray;
  for (const [probe, writer] of FOREIGN) {
    try {
      probe(value);
      return writer;
    } catch {
      // Not of this kind.
    }
  }
  return undefined;
}
