/** Runs the programs of `programs/`, each in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Runs `programs/emit.ts`. */
export function emit(
  count: number,
  end: string,
  options: object,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Running {
  return run("emit", [`${count}`, end, JSON.stringify(options)], env, flags);
}

/** Runs `programs/family.ts`, whose three members end as many spans each as itself. */
export function family(kind: string, count: number, options: object): Running {
  return run("family", [kind, `${count}`, JSON.stringify(options)]);
}

function run(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Running {
  const { NODE_ENV: _, NODE_OPTIONS: __, SPANWRIGHT_STORE: ___, ...inherited } = process.env;
  const program = join(import.meta.dirname, `programs/${name}.ts`);
  const child = spawn(process.execPath, [...flags, program, ...args], {
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const texts = Promise.all([text(child.stdout), text(child.stderr)]);
  const ended = once(child, "exit").then(async ([code, signal]) => {
    const [output, errors] = await texts;
    return { code, signal, output, errors };
  });
  return { child, ended };
}

/** Resolves when standard error has the words. */
export async function said({ child }: Running, words: string): Promise<void> {
  let errors = "";
  while (!errors.includes(words)) {
    const [chunk] = child.stderr === null ? [words] : await once(child.stderr, "data");
    errors += String(chunk);
  }
}

/** Resolves when the program has written its line `ready`. */
export async function ready({ child }: Running): Promise<void> {
  if (child.stdout !== null) await once(child.stdout, "data");
}

/** The names `s0` to `s(count - 1)`. */
export function names(count: number): string[] {
  return Array.from({ length: count }, (_, number) => `s${number}`);
}

/** The names of the spans in a store, in the order of their numbers. */
export function storedNames(path: string): string[] {
  const db = new DatabaseSync(path);
  try {
    const rows = db.prepare("SELECT name FROM span").all();
    return rows.map(({ name }) => String(name)).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
  } finally {
    db.close();
  }
}
