/** `spanwright stats`: what the store holds, and what has become of the spans that were to be sent. */

import { parseArgs } from "node:util";
import { openReader, type StoreStats } from "../runtime/delivery/reader.ts";
import { DEFAULT_STORE } from "../runtime/delivery/store.ts";
import { type Command, UsageError } from "./command.ts";

export const stats: Command = {
  name: "stats",
  synopsis: "[--json] [--store path]",
  summary: "Count what is stored, waits to be sent, was sent, and was dropped",
  details: ["--json         as JSON", `--store path   the store to read; ${DEFAULT_STORE} when absent`],
  run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { json: { type: "boolean", default: false }, store: { type: "string", default: DEFAULT_STORE } },
      allowPositionals: true,
    });
    if (positionals.length > 0) throw new UsageError(`stats takes no argument "${positionals[0]}"`);
    const reader = openReader(values.store);
    try {
      const counted = reader.stats();
      process.stdout.write(values.json ? json(counted) : text(counted, values.store));
      return 0;
    } finally {
      reader.close();
    }
  },
};

function json({ targets, ...rest }: StoreStats): string {
  return `${JSON.stringify({ ...rest, targets: Object.fromEntries(targets) }, null, 2)}\n`;
}

function text({ traces, spans, bytes, targets }: StoreStats, store: string): string {
  const lines = [`${store}: ${counted(traces, "trace")}, ${counted(spans, "span")}, ${megabytes(bytes)} MB`];
  for (const [target, { pending, sent, dropped }] of targets) {
    const losses = Object.entries(dropped).map(([code, count]) => `${number(count)} dropped (${code})`);
    lines.push("", target, `  ${[`${number(sent)} sent`, `${number(pending)} pending`, ...losses].join(", ")}`);
  }
  return `${lines.join("\n")}\n`;
}

function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

function number(count: number): string {
  return count.toLocaleString("en");
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
