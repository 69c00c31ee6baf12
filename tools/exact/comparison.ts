/** Runs one command in a folder and in its traced copy, and compares all that it shows. */

import { spawnSync } from "node:child_process";
import type { Recording } from "./recording.ts";

export interface Run {
  readonly output: string;
  readonly errors: string;
  /** Exit code; `null` when a signal ended it. */
  readonly status: number | null;
  readonly signal: string | null;
  readonly seconds: number;
}

export interface Comparison {
  readonly bare: Run;
  readonly off: Run;
  readonly recorded: Run;
  /** Spans of the recorded run. */
  readonly spans: number;
  /** What the runtime said about itself, a line each. */
  readonly messages: readonly string[];
  /** What differs, a sentence each. */
  readonly differences: readonly string[];
}

/** Without a recorded run. */
type Off = Pick<Comparison, "bare" | "off" | "differences">;

/**
 * Runs a command three times: in the folder, in its traced copy with tracing off, and in the copy with every
 * call recorded.
 */
export function compareRuns(command: string, original: string, copy: string, recording: Recording): Comparison {
  const { bare, off, differences: whenOff } = compareOff(command, original, copy);
  const { messages, ...recorded } = withoutMessages(asOriginal(run(command, copy, recording.env), original, copy));
  const spans = recording.spans();
  return {
    bare,
    off,
    recorded,
    spans,
    messages,
    differences: [
      ...whenOff,
      ...differences("recorded", bare, recorded),
      ...(spans === 0 ? ["recorded, no span was kept: the command runs no traced function"] : []),
    ],
  };
}

/** The same with tracing off alone, for a command that takes hours when all its calls are recorded. */
export function compareOff(command: string, original: string, copy: string): Off {
  const bare = run(command, original, OFF);
  const off = asOriginal(run(command, copy, OFF), original, copy);
  return { bare, off, differences: differences("with tracing off", bare, off) };
}

const OFF: Recording["env"] = { SPANWRIGHT_STORE: "off" };

function run(command: string, cwd: string, env: Recording["env"]): Run {
  const start = performance.now();
  const { stdout, stderr, status, signal, error } = spawnSync(command, {
    cwd,
    shell: true,
    encoding: "utf8",
    maxBuffer: 1 << 29,
    env: { ...process.env, ...env },
  });
  if (error) throw error;
  return { output: stdout, errors: stderr, status, signal, seconds: (performance.now() - start) / 1000 };
}

/** What a run in the copy shows, with the original's path in place of its own. */
function asOriginal(run: Run, original: string, copy: string): Run {
  return {
    ...run,
    output: run.output.replaceAll(copy, original),
    errors: run.errors.replaceAll(copy, original),
  };
}

/** Takes out what the runtime says about itself: it is no part of the program's output. */
function withoutMessages(run: Run): Run & { readonly messages: readonly string[] } {
  const lines = run.errors.split(/(?<=\n)/);
  const messages = lines.filter((line) => /^spanwright: /.test(line));
  return {
    ...run,
    errors: lines.filter((line) => !messages.includes(line)).join(""),
    messages: messages.map((line) => line.trim()),
  };
}

function differences(how: string, expected: Run, actual: Run): string[] {
  const ending = ({ status, signal }: Run) => signal ?? `exit code ${status}`;
  return [
    ...(ending(actual) === ending(expected) ? [] : [`${how}, it ends with ${ending(actual)}, not ${ending(expected)}`]),
    ...textDifference(`${how}, standard output`, expected.output, actual.output),
    ...textDifference(`${how}, standard error`, expected.errors, actual.errors),
  ];
}

function textDifference(what: string, expected: string, actual: string): string[] {
  if (actual === expected) return [];
  const wanted = expected.split("\n");
  const lines = actual.split("\n");
  const at = wanted.findIndex((line, index) => line !== lines[index]);
  const line = at < 0 ? wanted.length : at;
  return [
    `${what} differs in line ${line + 1}:\n    bare:   ${shown(wanted[line])}\n    traced: ${shown(lines[line])}`,
  ];
}

function shown(line: string | undefined): string {
  return line === undefined ? "(none)" : line.slice(0, 300);
}
