/**
 * What a mark may say. Knows the grammar of the comment and the table of options; knows no emitter.
 */
import type { Json, SiteOptions } from "../runtime/contract.ts";
import type { DiagnosticCode } from "./diagnostics.ts";
import { suggestion } from "./suggestion.ts";
import type { Comment, Literal, LiteralEntry, ParseProblem, Range } from "./syntax.ts";

/** What the compiler knows of a function's options. */
export interface MarkOptions extends Omit<SiteOptions, "inputs"> {
  /** `false`: no inputs; names: only these parameters. */
  readonly inputs?: false | readonly string[];
}

/** Something a mark says wrong. */
export interface MarkProblem {
  readonly code: DiagnosticCode;
  readonly at: number;
  readonly details: readonly string[];
}

/** A comment that says `@trace`. */
export interface CommentMark extends Range {
  /** `off` excepts a function from what would select it; `file` selects every exported function of the file. */
  readonly says: "on" | "off" | "file";
  readonly options: MarkOptions;
  readonly problems: readonly MarkProblem[];
}

interface OptionRow {
  /** What the value must be, in words for the user. */
  readonly takes: string;
  /** Reads a literal: the option's value, `undefined` when it says what holds anyway, {@link MISFIT} when it does not fit. */
  readonly read: (value: Json) => Json | undefined | typeof MISFIT;
}

const MISFIT = Symbol("misfit");

/** Every option of a mark. A new option is a new row. */
export const OPTIONS: Readonly<Record<keyof MarkOptions | "outputReducer", OptionRow>> = {
  name: { takes: "`name` takes a string that is not empty.", read: nonEmpty },
  spanType: { takes: '`spanType` takes a string, such as "LLM", "TOOL" or one of your own.', read: nonEmpty },
  attributes: { takes: "`attributes` takes an object.", read: (value) => (isRecord(value) ? value : MISFIT) },
  inputs: {
    takes: "`inputs` takes `false` or a list of parameter names.",
    read: (value) => (value === true ? undefined : value === false || isNames(value) ? value : MISFIT),
  },
  outputs: { takes: "`outputs` takes `true` or `false`.", read: flag(false) },
  outputReducer: { takes: "`outputReducer` takes a function, so it needs the marker call.", read: () => MISFIT },
  root: { takes: "`root` takes `true` or `false`.", read: flag(true) },
  redact: {
    takes: '`redact` takes a list of paths into inputs and outputs, such as "user.email" or "messages[*].content".',
    read: (value) => (isNames(value) ? value : MISFIT),
  },
  experimentId: { takes: "`experimentId` takes a string that is not empty.", read: nonEmpty },
  samplingRatio: {
    takes: "`samplingRatio` takes a number from 0 to 1.",
    read: (value) => (typeof value === "number" && value >= 0 && value <= 1 ? value : MISFIT),
  },
};

/** What decides how a body is rewritten, or whether a call is recorded at all, must be known before it runs. */
const LITERAL_ONLY: ReadonlySet<string> = new Set(["inputs", "root", "samplingRatio"]);

function nonEmpty(value: Json) {
  return typeof value === "string" && value !== "" ? value : MISFIT;
}

function flag(meaning: boolean) {
  return (value: Json) => (typeof value !== "boolean" ? MISFIT : value === meaning ? value : undefined);
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isNames(value: Json): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

/**
 * Reads the mark in a comment; `undefined` when the comment is none. The tag stands at the start of the
 * comment or, in a block comment, at the start of one of its lines.
 * @param parseLiteral the front end's parser for the object literal
 */
export function readComment(
  text: string,
  comment: Comment,
  parseLiteral: (text: string, offset: number) => Literal | ParseProblem,
): CommentMark | undefined {
  const content = text.slice(comment.start + 2, comment.end - (comment.block ? 2 : 0));
  const tag = (comment.block ? BLOCK_TAG : LINE_TAG).exec(content);
  if (!tag) return undefined;
  const at = comment.start + 2 + tag.index + tag[0].length;
  const said = sayings(comment, content.slice(tag.index + tag[0].length));
  const ofFile = /^\s*file(?![\w$-])/.exec(said)?.[0].length ?? 0;
  const rest = said.slice(ofFile);
  const word = rest.trim();
  const { start, end } = comment;
  const mark: CommentMark = { start, end, says: ofFile > 0 ? "file" : "on", options: {}, problems: [] };
  if (word === "") return mark;
  if (word === "off" && ofFile === 0) return { ...mark, says: "off" };
  if (!word.startsWith("{")) return { ...mark, problems: [unreadable(at, `"${word}" is no object literal`)] };
  const literal = parseLiteral(rest, at + ofFile);
  if (!("is" in literal)) return { ...mark, problems: [unreadable(Math.min(literal.at, end - 1), literal.message)] };
  return { ...mark, ...readOptions(literal, "comment") };
}

/**
 * What a comment says that looks like a misspelt mark; `undefined` when it looks like none. Words of their own,
 * such as `@tracer` or `@track`, and prose are none.
 */
export function readMisspelt(
  text: string,
  comment: Comment,
): { readonly seen: string; readonly at: number } | undefined {
  const content = text.slice(comment.start + 2, comment.end - (comment.block ? 2 : 0));
  const found = MISSPELT.exec(content);
  const tag = found?.[1] ?? found?.[2];
  if (!found || tag === undefined) return undefined;
  const end = comment.start + 2 + found.index + found[0].length;
  const at = end - tag.length;
  // Where the tag itself is right, what stands before it is not.
  return { seen: tag === "@trace" ? text.slice(comment.start, end) : tag, at };
}

/** The tag in another case, inflected, with letters lost or swapped, without its sign, or after a third slash. */
const MISSPELT =
  /(?:^|[\n\r])[\s*/!]*(@[ \t]?(?:trace|traced|traces|tracing|trac|trae|trce|tace|tarce|trcae|traec)(?![\w$-]))|^[\s*]*(trace)(?=[ \t]*\{)/i;

const LINE_TAG = /^\s*@trace(?![\w$-])/;
const BLOCK_TAG = /(?<=^[\s*]*|[\n\r][\s*]*)@trace(?![\w$-])/;

/** What follows the tag: to the end of the line, or in a block comment up to the next tag, without the stars. */
function sayings(comment: Comment, rest: string): string {
  if (!comment.block) return rest;
  const end = /[\n\r][\s*]*@\w/.exec(rest)?.index ?? rest.length;
  // Stars at the start of a line become blanks, so that offsets stay what they are.
  return rest
    .slice(0, end)
    .replace(/([\n\r]\s*)(\*+)/g, (_, before: string, stars: string) => before + " ".repeat(stars.length));
}

function unreadable(at: number, why: string): MarkProblem {
  return { code: "SW1007", at, details: [why] };
}

/**
 * Reads an options literal against the table.
 * @param where a `comment` holds literals only; in a marker `call`, what is no literal is left to run time
 */
export function readOptions(
  literal: Literal,
  where: "comment" | "call",
): { options: MarkOptions; problems: MarkProblem[]; complete: boolean } {
  if (literal.is !== "object") return { options: {}, problems: [], complete: false };
  const options: MarkOptions = {};
  const problems: MarkProblem[] = [];
  let complete = true;
  for (const entry of literal.entries) {
    const read = readEntry(entry, where);
    // What is wrong stays where it stands, too: there may be more in it than a literal.
    if (read === "at run time" || "code" in read) complete = false;
    if (read === "at run time") continue;
    if ("code" in read) problems.push(read);
    else if (read.value !== undefined) Object.assign(options, { [read.key]: read.value });
  }
  return { options, problems, complete };
}

/**
 * Whether all that a literal says of options is known when the file is compiled, but for values that may be code.
 * If it is not, a wrapper stays one: it takes every option at run time, too.
 */
export function isWrittenOut(literal: Literal): boolean {
  if (literal.is !== "object") return false;
  return literal.entries.every(
    ({ key, value }) => key !== undefined && !(LITERAL_ONLY.has(key) && toJson(value) === undefined),
  );
}

function readEntry(
  { key, keyRange, value }: LiteralEntry,
  where: "comment" | "call",
): MarkProblem | { key: keyof MarkOptions; value: Json | undefined } | "at run time" {
  if (key === undefined) {
    return where === "call" ? "at run time" : { code: "SW1004", at: keyRange.start, details: ["this entry"] };
  }
  if (!isOption(key))
    return {
      code: "SW1003",
      at: keyRange.start,
      details: [`\`${key}\`${suggestion(key, Object.keys(OPTIONS))}`, Object.keys(OPTIONS).join(", ")],
    };
  const json = toJson(value);
  if (json === undefined) {
    if (where === "comment") return { code: "SW1004", at: value.start, details: [`\`${key}\``] };
    return LITERAL_ONLY.has(key)
      ? { code: "SW1005", at: value.start, details: [`\`${key}\``, `${OPTIONS[key].takes} It must be a literal.`] }
      : "at run time";
  }
  const read = OPTIONS[key].read(json);
  if (read === MISFIT || key === "outputReducer") {
    return { code: "SW1005", at: value.start, details: [`\`${key}\``, OPTIONS[key].takes] };
  }
  return { key, value: read };
}

function isOption(key: string): key is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, key);
}

/** The value of an expression that is made of literals only. */
function toJson(literal: Literal): Json | undefined {
  switch (literal.is) {
    case "value":
      return literal.value;
    case "array": {
      const items = literal.items.map(toJson);
      return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
    }
    case "object": {
      const object: Record<string, Json> = {};
      for (const { key, value } of literal.entries) {
        const json = toJson(value);
        if (key === undefined || json === undefined) return undefined;
        object[key] = json;
      }
      return object;
    }
    case "code":
      return undefined;
  }
}
