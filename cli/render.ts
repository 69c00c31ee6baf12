/** A trace as text for a terminal. */

import { inspect, styleText } from "node:util";
import type { StoredSpan, StoredTrace } from "../runtime/delivery/reader.ts";
import { cut, pad, printable, width as widthOf } from "./cells.ts";
import { type TreeLine, treeLines } from "./tree.ts";

/** A span with what is shown of its payload. */
export interface ShownSpan extends StoredSpan {
  /** JSON text. */
  readonly inputs: string | undefined;
  /** JSON text. */
  readonly outputs: string | undefined;
}

export interface RenderOptions {
  /** Cells of a line; at least 40 are taken. */
  readonly width: number;
  readonly color: boolean;
  /** Name of the time zone in which times are shown, `Europe/Paris`; the machine's when absent. */
  readonly timeZone?: string;
}

type Format = Parameters<typeof styleText>[0];

/** A piece of a line, all of one look. */
type Segment = readonly [text: string, format?: Format];

/** Colours of the bars; cyan for every other type. */
const TYPE_COLORS: ReadonlyMap<string, Format> = new Map([
  ["AGENT", "blue"],
  ["CHAIN", "blue"],
  ["CHAT_MODEL", "magenta"],
  ["EMBEDDING", "green"],
  ["LLM", "magenta"],
  ["RETRIEVER", "green"],
  ["TOOL", "yellow"],
] as const);

const STATES = {
  OK: { mark: "✓", format: "green" },
  ERROR: { mark: "✗", format: "red" },
  IN_PROGRESS: { mark: "…", format: "yellow" },
} as const satisfies Record<StoredTrace["state"], { mark: string; format: Format }>;

const SPACE: Segment = [" "];
const MIN_WIDTH = 40;
const DURATION_CELLS = 8;
const TYPE_CELLS = 12;
const MIN_BAR_CELLS = 10;

/**
 * Renders a trace: a header, then its spans as a tree, each with its type, its duration, a bar on the time
 * axis of the trace, and what went in and came out. No line is wider than asked for, and nothing in a name
 * or a value reaches the terminal as a control character.
 */
export function renderTrace(trace: StoredTrace, spans: readonly ShownSpan[], options: RenderOptions): string {
  const width = Math.max(MIN_WIDTH, options.width);
  const axis = timeAxis(spans);
  const labelLimit = Math.max(24, Math.floor(width * 0.45));
  const tree = treeLines(spans, Math.max(12, labelLimit - 18));
  const columns = columnsFor(tree, labelLimit, width);
  const lines = [
    titleLine(trace, axis, width, options.timeZone),
    identityLine(trace),
    [],
    ...tree.flatMap((line) => [spanLine(line, axis, columns), payloadLine(line, width)]),
  ];
  return lines.flatMap((line) => (line === undefined ? [] : `${paint(line, width, options.color)}\n`)).join("");
}

function titleLine(
  { name, state, spans, errors, startUs }: StoredTrace,
  { lengthNs }: TimeAxis,
  width: number,
  timeZone: string | undefined,
): Segment[] {
  const { mark, format } = STATES[state];
  const failed: Segment[] = errors > 0 ? [[", "], [`${errors} failed`, "red"]] : [];
  const facts: Segment[] = [
    [" · "],
    [state, format],
    [` · ${duration(lengthNs)} · ${count(spans, "span")}`],
    ...failed,
    [` · ${dateTime(startUs, timeZone)}`],
  ];
  const room = width - 2 - widthOf(textOf(facts));
  const title = cut(name === undefined ? "(root not recorded)" : printable(name), Math.max(room, 12));
  return [[mark, format], SPACE, [title, "bold"], ...facts];
}

function identityLine({ traceId, tags }: StoredTrace): Segment[] {
  const labels = Object.entries(tags).map(([key, value]) => `  ${printable(key)}=${printable(value)}`);
  return [[`  ${traceId}${labels.join("")}`, "dim"]];
}

interface Columns {
  readonly label: number;
  readonly type: number;
  readonly bar: number;
}

/** Where there is no room for everything, the type goes first. */
function columnsFor(tree: readonly TreeLine<ShownSpan>[], labelLimit: number, width: number): Columns {
  const labels = tree.map((line) => (line.span === undefined ? "" : textOf(labelOf(line, Number.POSITIVE_INFINITY))));
  const label = Math.min(labelLimit, widest(labels));
  const room = width - label - DURATION_CELLS - 4;
  const type = Math.min(TYPE_CELLS, widest(tree.map(typeOf)));
  const bar = room - type - 2;
  return type === 0 || bar < MIN_BAR_CELLS ? { label, type: 0, bar: room } : { label, type, bar };
}

function spanLine(line: TreeLine<ShownSpan>, axis: TimeAxis, columns: Columns): Segment[] {
  const { span } = line;
  const label = labelOf(line, columns.label);
  if (span === undefined) return label;
  const space = " ".repeat(Math.max(0, columns.label - widthOf(textOf(label))));
  const type: Segment[] = columns.type > 0 ? [[`  ${pad(cut(typeOf(line), columns.type), columns.type)}`, "dim"]] : [];
  const time = duration(span.durationNs).padStart(DURATION_CELLS);
  const color = span.status === "ERROR" ? "red" : (TYPE_COLORS.get(span.spanType) ?? "cyan");
  return [...label, [space], ...type, [`  ${time}  `], [bar(span, axis, columns.bar), color]];
}

/** What stands in the first column. Of it only the name is cut. */
function labelOf({ span, guides, failedBelow }: TreeLine<ShownSpan>, cells: number): Segment[] {
  if (span === undefined) return [[`${guides}(parent not recorded)`, "dim"]];
  const failed = span.status === "ERROR";
  const mark = failed ? "✗ " : "";
  // A failed span has its mark; one that went on after the failure of another gets a note.
  const note = !failed && failedBelow > 0 ? ` (✗ ${failedBelow} below)` : "";
  const name = cut(printable(span.name), cells - widthOf(guides + mark + note));
  return [
    [guides, "dim"],
    [mark, "red"],
    [name, failed ? ["bold", "red"] : "bold"],
    [note, "red"],
  ];
}

function typeOf({ span }: TreeLine<ShownSpan>): string {
  return span === undefined || span.spanType === "UNKNOWN" ? "" : printable(span.spanType);
}

/** Times in nanoseconds since `startUs`; the epoch is too far away to count nanoseconds from it. */
interface TimeAxis {
  readonly startUs: number;
  readonly startNs: number;
  readonly lengthNs: number;
}

function timeAxis(spans: readonly StoredSpan[]): TimeAxis {
  const startUs = spans.reduce((earliest, span) => Math.min(earliest, span.startUs), Number.POSITIVE_INFINITY);
  const starts = spans.map((span) => (span.startUs - startUs) * 1000 + span.startNs);
  const startNs = starts.reduce((earliest, ns) => Math.min(earliest, ns), Number.POSITIVE_INFINITY);
  const endNs = spans.reduce((latest, span, index) => Math.max(latest, (starts[index] ?? 0) + span.durationNs), 0);
  return { startUs, startNs, lengthNs: Math.max(0, endNs - startNs) };
}

/** The time of a span within its trace, to half a cell. */
function bar(span: StoredSpan, { startUs, startNs, lengthNs }: TimeAxis, cells: number): string {
  const start = (span.startUs - startUs) * 1000 + span.startNs - startNs;
  const halvesPerNs = lengthNs > 0 ? (cells * 2) / lengthNs : 0;
  const from = Math.min(Math.floor(start * halvesPerNs), cells * 2 - 1);
  const to = Math.max(Math.ceil((start + span.durationNs) * halvesPerNs), from + 1);
  const isIn = (half: number) => from <= half && half < to;
  return Array.from({ length: cells }, (_, cell) => {
    if (isIn(cell * 2)) return isIn(cell * 2 + 1) ? "━" : "╸";
    return isIn(cell * 2 + 1) ? "╺" : " ";
  })
    .join("")
    .trimEnd();
}

/** What went in, and what came out or went wrong; each is cut only as far as the other needs the room. */
function payloadLine({ span, guidesBelow }: TreeLine<ShownSpan>, width: number): Segment[] | undefined {
  if (span === undefined) return undefined;
  const failed = span.status === "ERROR";
  const inputs = span.inputs === undefined ? "" : printable(brief(span.inputs, true));
  const outcome = outcomeOf(span);
  const items = span.chunks > 0 ? `(${count(span.chunks, "chunk")})` : "";
  const parts = [inputs, outcome, items].filter((part) => part !== "").length;
  if (parts === 0) return undefined;

  const room = width - widthOf(guidesBelow + items) - (parts - 1);
  const share = Math.floor(room * (failed ? 0.7 : 0.5));
  const shownOutcome = cut(outcome, Math.max(share, room - widthOf(cut(inputs, room))));
  const shownInputs = cut(inputs, room - widthOf(shownOutcome));
  const shown: Segment[] = [
    [shownInputs, "dim"],
    [shownOutcome, failed ? "red" : "dim"],
    [items, "dim"],
  ];
  const spaced = shown.filter(([text]) => text !== "").flatMap((part, index) => (index > 0 ? [SPACE, part] : [part]));
  return [[guidesBelow, "dim"], ...spaced];
}

function outcomeOf({ status, error, outputs }: ShownSpan): string {
  if (status === "ERROR") return error === undefined ? "" : `→ ✗ ${printable(error)}`;
  return outputs === undefined ? "" : `→ ${printable(brief(outputs, false))}`;
}

/** A JSON text as a JavaScript programmer writes it; `members`: an object without its braces. */
function brief(json: string, members: boolean): string {
  const value: unknown = JSON.parse(json);
  if (!members || typeof value !== "object" || value === null || Array.isArray(value)) return inspectBriefly(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}: ${inspectBriefly(member)}`)
    .join(", ");
}

function inspectBriefly(value: unknown): string {
  return inspect(value, { depth: 4, compact: true, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 1000 });
}

const UNITS = [
  ["ns", 1],
  ["µs", 1e3],
  ["ms", 1e6],
  ["s", 1e9],
] as const;

/** Three digits and a unit, `1.52 ms`; from a minute on in two parts, `2 m 05 s`. */
function duration(ns: number): string {
  if (ns >= 3600e9) return inTwoParts(Math.round(ns / 60e9), "h", "m");
  if (ns >= 59.95e9) return inTwoParts(Math.round(ns / 1e9), "m", "s");
  const [unit, size] = UNITS.find(([, size]) => ns / size < 999.5) ?? UNITS[3];
  const value = ns / size;
  return `${unit === "ns" ? value : value.toFixed(value < 9.995 ? 2 : value < 99.95 ? 1 : 0)} ${unit}`;
}

function inTwoParts(total: number, unit: string, part: string): string {
  return `${Math.floor(total / 60)} ${unit} ${String(total % 60).padStart(2, "0")} ${part}`;
}

function dateTime(us: number, timeZone: string | undefined): string {
  // Swedes write dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv", { dateStyle: "short", timeStyle: "medium", timeZone }).format(us / 1000);
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

function widest(texts: readonly string[]): number {
  return texts.reduce((cells, text) => Math.max(cells, widthOf(text)), 0);
}

function textOf(segments: readonly Segment[]): string {
  return segments.map(([text]) => text).join("");
}

/** The line as it is written, cut to the width. */
function paint(segments: readonly Segment[], width: number, color: boolean): string {
  let room = width;
  let line = "";
  for (const [text, format] of segments) {
    const shown = cut(text, room);
    room -= widthOf(shown);
    line += color && format !== undefined && shown !== "" ? styleText(format, shown, { validateStream: false }) : shown;
  }
  return line;
}
