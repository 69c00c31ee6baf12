/** `spanwright show`: traces as trees in the terminal. */

import { parseArgs, styleText } from "node:util";
import { openReader, type StoredTrace, type StoreReader } from "../runtime/delivery/reader.ts";
import { DEFAULT_STORE } from "../runtime/delivery/store.ts";
import { printable } from "./cells.ts";
import { type Command, CommandError, UsageError } from "./command.ts";
import { renderTrace, type ShownSpan } from "./render.ts";

/** Cells of a line where standard output is no terminal. */
const PIPED_WIDTH = 100;

/** Traces that are named when a beginning of an id fits several. */
const LISTED = 5;

export const show: Command = {
  name: "show",
  synopsis: "[traceId] [--last n] [--store path]",
  summary: "Show the newest trace as a tree, or another one",
  details: [
    "traceId        the trace with this id, or with an id that begins so",
    "--last n       the newest n traces, the oldest of them first",
    `--store path   the store to read; ${DEFAULT_STORE} when absent`,
  ],
  run(args) {
    const { id, last, store } = parse(args);
    const reader = openReader(store);
    try {
      const traces = id === undefined ? newest(reader, last, store) : [named(reader, id, store)];
      process.stdout.write(traces.map((trace) => render(reader, trace)).join("\n"));
      return 0;
    } finally {
      reader.close();
    }
  },
};

interface Request {
  readonly id: string | undefined;
  readonly last: number;
  readonly store: string;
}

function parse(args: readonly string[]): Request {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { last: { type: "string" }, store: { type: "string", default: DEFAULT_STORE } },
    allowPositionals: true,
  });
  const { last = "1", store } = values;
  if (!/^[1-9]\d{0,5}$/.test(last)) throw new UsageError(`--last takes a number from 1 to 999999, not "${last}"`);
  if (positionals.length > 1) throw new UsageError(`one trace id at a time, not ${positionals.length}`);
  if (positionals.length === 1 && values.last !== undefined) {
    throw new UsageError("a trace id and --last exclude each other");
  }
  // MLflow writes the same id with "tr-" before it.
  return { id: positionals[0]?.toLowerCase().replace(/^tr-/, ""), last: Number(last), store };
}

function newest(reader: StoreReader, last: number, store: string): StoredTrace[] {
  const traces = reader.traces({ limit: last }).reverse();
  if (traces.length > 0) return traces;
  throw new CommandError(
    "SW3502",
    `the store ${store} holds no trace`,
    'Put "// @trace" above a function, build, and run the program from this folder.',
  );
}

function named(reader: StoreReader, id: string, store: string): StoredTrace {
  const traces = reader.traces({ limit: LISTED + 1, prefix: id });
  const [trace, another] = traces;
  if (trace === undefined) {
    throw new CommandError(
      "SW3503",
      `the store ${store} holds no trace whose id begins with "${id}"`,
      "See the ids of the newest ones with --last 5.",
    );
  }
  if (another !== undefined && trace.traceId !== id) {
    const ids = traces
      .slice(0, LISTED)
      .map(({ traceId, name = "(root not recorded)" }) => `${traceId}  ${printable(name)}`);
    throw new CommandError(
      "SW3504",
      `several traces have an id that begins with "${id}"`,
      ["Write more of it:", ...ids, ...(traces.length > LISTED ? ["..."] : [])].join("\n    "),
    );
  }
  return trace;
}

function render(reader: StoreReader, { traceId }: StoredTrace): string {
  const found = reader.trace(traceId);
  if (found === undefined) return "";
  const spans = found.spans.map((span): ShownSpan => {
    const body = reader.body(span.row);
    return { ...span, inputs: body?.inputs, outputs: body?.outputs };
  });
  return renderTrace(found.trace, spans, { width: process.stdout.columns ?? PIPED_WIDTH, color: hasColor() });
}

/** Whether standard output shows colours; NO_COLOR, FORCE_COLOR and what kind of stream it is decide. */
function hasColor(): boolean {
  return styleText("red", "x", { stream: process.stdout, validateStream: true }) !== "x";
}
