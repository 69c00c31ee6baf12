#!/usr/bin/env node
/** The command `spanwright`. */

import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { DeliveryError } from "../runtime/delivery/destination.ts";
import { HostError } from "../transformer/host-problems.ts";
import { type Command, CommandError, UsageError } from "./command.ts";

/** A new command is a new row. Each is loaded when it is asked for, as they have little in common. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  build: async () => (await import("./build.ts")).build,
  check: async () => (await import("./check.ts")).check,
  doctor: async () => (await import("./doctor.ts")).doctor,
  instrument: async () => (await import("./instrument.ts")).instrument,
  show: async () => (await import("./show.ts")).show,
  stats: async () => (await import("./stats.ts")).stats,
};

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe, `head` for one, has seen enough.
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = await main(process.argv.slice(2));

/** Runs the command line and returns the exit code: 0, 1 when it could not be followed, 2 when it is wrong. */
async function main([name, ...args]: readonly string[]): Promise<number> {
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? await COMMANDS[name]?.() : undefined;
  try {
    if (name === undefined || name === "--help" || name === "-h") process.stdout.write(await help());
    else if (name === "--version" || name === "-v") process.stdout.write(`${version()}\n`);
    else if (command === undefined) throw new UsageError(unknownName(name));
    else if (args.includes("--help") || args.includes("-h")) process.stdout.write(commandHelp(command));
    else return await command.run(args);
    return 0;
  } catch (error) {
    return report(error, command);
  }
}

/** Says what went wrong, if the user can do something about it. */
function report(error: unknown, command: Command | undefined): number {
  if (error instanceof UsageError || isParseError(error)) {
    const [message = ""] = error.message.split(/\.\s/);
    const remedy = `See: spanwright ${command === undefined ? "" : `${command.name} `}--help`;
    process.stderr.write(`spanwright: SW3501: ${message}\n  ${remedy}\n`);
    return 2;
  }
  if (error instanceof HostError) {
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  if (error instanceof CommandError || error instanceof DeliveryError) {
    process.stderr.write(`spanwright: ${error.code}: ${error.message}\n  ${error.remedy}\n`);
    return 1;
  }
  throw error;
}

/** Whether `parseArgs` of node:util threw it. */
function isParseError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
}

function unknownName(name: string): string {
  const kind = name.startsWith("-") ? "option" : "command";
  return `there is no ${kind} "${name}"; the commands are: ${Object.keys(COMMANDS).join(", ")}`;
}

async function help(): Promise<string> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  const rows = commands.map(({ name, synopsis, summary }): [string, string] => [`${name} ${synopsis}`, summary]);
  return `spanwright ${version()}: traces written into TypeScript functions at build time

Usage: spanwright <command> [options]

Commands:
${table(rows)}

Options:
${table([
  ["--help, -h", "Show this, or with a command its own help"],
  ["--version, -v", "Show the version"],
])}
`;
}

function commandHelp({ name, synopsis, summary, details }: Command): string {
  return `Usage: spanwright ${name} ${synopsis}\n\n${summary}.\n\n${details.map((line) => `  ${line}\n`).join("")}`;
}

function table(rows: readonly (readonly [left: string, right: string])[]): string {
  const cells = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(cells)}   ${right}`).join("\n");
}

function version(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(findPackageJSON(import.meta.url) ?? "", "utf8"));
  return manifest.version;
}
