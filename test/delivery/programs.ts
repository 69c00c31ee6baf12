/** Runs the programs of `programs/`, each in a process of its own. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Readable } from "node:stream";
import { onTestFinished } from "vitest";

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly output: Heard;
  readonly errors: Heard;
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

/** Runs `programs/instrumented.ts`. */
export function instrumented(options: object): Running {
  return run("instrumented", [JSON.stringify(options)]);
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
  const [output, errors] = [new Heard(child.stdout), new Heard(child.stderr)];
  const ended = once(child, "close").then(([code, signal]) => ({
    code,
    signal,
    output: output.text,
    errors: errors.text,
  }));
  return { child, output, errors, ended };
}

/** What a program has written so far. */
class Heard {
  text = "";
  private readonly waiting = new Set<() => void>();

  constructor(stream: Readable) {
    stream.setEncoding("utf8").on("data", (chunk) => {
      this.text += chunk;
      for (const look of this.waiting) look();
    });
  }

  /** Resolves when the words have been written. */
  says(words: string): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.text.includes(words)) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }
}

/** Resolves when the program has written its line `ready`. */
export function ready({ output }: Running): Promise<void> {
  return output.says("ready\n");
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
