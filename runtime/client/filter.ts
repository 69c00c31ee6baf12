/**
 * The language of `searchTraces`, as MLflow has it: conditions joined by AND,
 * https://mlflow.org/docs/latest/genai/tracing/search-traces/
 *
 * ```
 * filter    = condition { "AND" condition }
 * condition = field ( comparator value | ["NOT"] "IN" "(" value { "," value } ")" | "IS" ["NOT"] "NULL" )
 * field     = name [ "." key ]          -- a key in backticks or double quotes may hold anything
 * value     = string | number           -- in single or double quotes; a quote is doubled inside
 * ```
 */

import { problem } from "./failures.ts";

/** How a field is compared. */
export type Comparator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "LIKE" | "ILIKE" | "RLIKE" | "IN" | "NOT IN" | "IS NULL" | "IS NOT NULL"; // biome-ignore format: one list

/** One condition. */
export interface Condition {
  /** The field before its first dot, lower-case, and what follows it. */
  readonly field: string;
  readonly key: string | undefined;
  readonly comparator: Comparator;
  /** None for `IS NULL`, several for `IN`. */
  readonly values: readonly (string | number)[];
}

/**
 * Reads a filter.
 *
 * @throws TracingError `SW2137` with the place at which it cannot be read
 */
export function parseFilter(text: string): readonly Condition[] {
  return new FilterParser(text).conditions();
}

/** What one word of an `orderBy` says: a field, and whether greater values come first. */
export function parseOrder(text: string): Pick<Condition, "field" | "key"> & { readonly descending: boolean } {
  const parser = new FilterParser(text);
  return parser.order();
}

type Kind = "word" | "string" | "quoted" | "number" | "sign" | "end";

interface Token {
  readonly kind: Kind;
  readonly text: string;
  readonly at: number;
}

/** One row a kind of token; the first that fits. */
const TOKENS: readonly (readonly [Kind, RegExp])[] = [
  ["word", /[A-Za-z_][\w-]*/y],
  ["string", /'(?:[^']|'')*'/y],
  ["quoted", /"(?:[^"]|"")*"|`[^`]*`/y],
  ["number", /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ["sign", />=|<=|!=|<>|[=<>(),.]/y],
];

const SIGNS: Readonly<Record<string, Comparator>> = {
  "=": "=",
  "!=": "!=",
  "<>": "!=",
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
};

const WORDS: Readonly<Record<string, Comparator>> = { LIKE: "LIKE", ILIKE: "ILIKE", RLIKE: "RLIKE" };

class FilterParser {
  private readonly text: string;
  private readonly tokens: readonly Token[];
  private next = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = [...this.scan()];
  }

  conditions(): readonly Condition[] {
    const conditions: Condition[] = [];
    if (this.peek().kind === "end") return conditions;
    do conditions.push(this.condition());
    while (this.takeWord("AND"));
    if (this.isWord("OR")) this.fail("OR is not part of the language; run one search for each side");
    if (this.peek().kind !== "end") this.fail("AND or the end was expected");
    return conditions;
  }

  order(): Pick<Condition, "field" | "key"> & { readonly descending: boolean } {
    const field = this.field();
    const descending = this.takeWord("DESC");
    if (!descending) this.takeWord("ASC");
    if (this.peek().kind !== "end") this.fail("ASC, DESC or the end was expected");
    return { ...field, descending };
  }

  private condition(): Condition {
    const field = this.field();
    const token = this.peek();
    if (this.takeWord("IS")) {
      const comparator = this.takeWord("NOT") ? "IS NOT NULL" : "IS NULL";
      if (!this.takeWord("NULL")) this.fail("NULL was expected");
      return { ...field, comparator, values: [] };
    }
    const isNot = this.takeWord("NOT");
    if (this.takeWord("IN")) return { ...field, comparator: isNot ? "NOT IN" : "IN", values: this.list() };
    if (isNot) this.fail("IN was expected");
    const comparator = token.kind === "sign" ? SIGNS[token.text] : WORDS[token.text.toUpperCase()];
    if (comparator === undefined) this.fail("=, !=, <, <=, >, >=, LIKE, ILIKE, RLIKE, IN or IS was expected");
    this.next += 1;
    return { ...field, comparator, values: [this.value()] };
  }

  private field(): Pick<Condition, "field" | "key"> {
    if (this.peek().kind !== "word") this.fail("the name of a field was expected");
    const field = this.take().text.toLowerCase();
    const parts: string[] = [];
    while (this.takeSign(".")) {
      if (this.peek().kind !== "word" && this.peek().kind !== "quoted") this.fail("a key was expected");
      const { kind, text } = this.take();
      parts.push(kind === "quoted" ? unquoted(text) : text);
    }
    return { field, key: parts.length === 0 ? undefined : parts.join(".") };
  }

  private list(): readonly (string | number)[] {
    if (!this.takeSign("(")) this.fail("( was expected");
    const values = [this.value()];
    while (this.takeSign(",")) values.push(this.value());
    if (!this.takeSign(")")) this.fail(") was expected");
    return values;
  }

  private value(): string | number {
    const { kind } = this.peek();
    if (kind === "number") return Number(this.take().text);
    if (kind === "string" || kind === "quoted") return unquoted(this.take().text);
    return this.fail("a string in quotes or a number was expected");
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: "end", text: "", at: this.text.length };
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  private isWord(word: string): boolean {
    return this.peek().kind === "word" && this.peek().text.toUpperCase() === word;
  }

  private takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.next += 1;
    return true;
  }

  private takeSign(sign: string): boolean {
    if (this.peek().kind !== "sign" || this.peek().text !== sign) return false;
    this.next += 1;
    return true;
  }

  private *scan(): Iterable<Token> {
    let at = 0;
    for (;;) {
      at += /^\s*/.exec(this.text.slice(at))?.[0].length ?? 0;
      if (at >= this.text.length) return;
      const token = this.tokenAt(at);
      if (token === undefined)
        throw problem("filter", quoted(this.text), `at ${at + 1}, nothing begins with ${quoted(this.text[at] ?? "")}`);
      yield token;
      at += token.text.length;
    }
  }

  private tokenAt(at: number): Token | undefined {
    for (const [kind, pattern] of TOKENS) {
      pattern.lastIndex = at;
      const text = pattern.exec(this.text)?.[0];
      if (text !== undefined) return { kind, text, at };
    }
    return undefined;
  }

  private fail(why: string): never {
    const { text, at } = this.peek();
    throw problem("filter", quoted(this.text), `at ${at + 1}, ${text === "" ? "the end" : quoted(text)}: ${why}`);
  }
}

function unquoted(text: string): string {
  const mark = text[0] ?? "";
  return text.slice(1, -1).replaceAll(mark + mark, mark);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
