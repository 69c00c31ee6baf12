/** `spanwright build`: the project's own TypeScript compiler, of any version, and then the spans. */

import { spawn } from "node:child_process";
import { join } from "node:path";
import { Build, failureOf, toStderr } from "../transformer/build.ts";
import { packageOptions } from "../transformer/package-options.ts";
import { readArguments } from "./build/arguments.ts";
import { type Command, CommandError } from "./command.ts";
import { installedPackage } from "./project/packages.ts";
import type { TypeScriptProject } from "./project/tsconfig.ts";

export const build: Command = {
  name: "build",
  synopsis: "[arguments of tsc]",
  summary: "Build with the project's own tsc, of any version, and write the spans into what it emits",
  details: [
    "All arguments are tsc's: -p, -b, --watch and so on. It checks types and writes declarations as always.",
    'Options stand under "spanwright" in package.json.',
    "Exits as tsc does, and with 2 when a mark is wrong or did not arrive.",
  ],
  async run(args) {
    const folder = process.cwd();
    const { projects, watch } = readArguments(args, folder);
    const compiler = compilerOf(folder);
    if (projects.length === 0) return compile(compiler, args);
    const build = new Build(packageOptions(folder), "spanwright build", folder);
    if (build.options.enabled === false) return compile(compiler, args);
    if (watch) return compile(compiler, args, await finisher(build, projects));
    const compiling = new AbortController();
    const [code, finish] = await Promise.all([
      compile(compiler, args).finally(() => compiling.abort()),
      finisher(build, projects, compiling.signal),
    ]);
    const failed = finish();
    return code === 0 && failed ? 2 : code;
  },
};

/**
 * Loads what comes after the compiler.
 *
 * @param compiling while the compiler is at work, the project's sources are read
 * @returns ends a round, and says whether it has failed
 */
async function finisher(
  build: Build,
  projects: readonly TypeScriptProject[],
  compiling?: AbortSignal,
): Promise<() => boolean> {
  const [{ instrumentOutputs }, { Sources }] = await Promise.all([
    import("./build/round.ts"),
    import("./build/sources.ts"),
  ]);
  const sources = new Sources(build);
  if (compiling) await sources.readAhead(projects, compiling);
  return () => {
    instrumentOutputs(build, projects, sources, toStderr);
    return failureOf(build.finish(toStderr)) !== undefined;
  };
}

function compilerOf(folder: string): string {
  const typescript = installedPackage("typescript", folder);
  if (typescript === undefined) {
    throw new CommandError("SW3513", "TypeScript is not installed here", "npm install --save-dev typescript");
  }
  return join(typescript.folder, "bin/tsc");
}

/** What a watching compiler says in English when it has written everything, from version 5 to 7. */
const WATCHING = "Watching for file changes.";

/**
 * Runs the compiler to its end.
 *
 * @param rebuilt called whenever a watching compiler has written everything
 * @returns its exit code
 */
function compile(compiler: string, args: readonly string[], rebuilt?: () => void): Promise<number> {
  const child = spawn(process.execPath, [compiler, ...args, ...(rebuilt ? watchingArguments(args) : [])], {
    stdio: ["inherit", rebuilt ? "pipe" : "inherit", "inherit"],
  });
  let line = "";
  child.stdout?.setEncoding("utf8").on("data", (words: string) => {
    process.stdout.write(words);
    line += words;
    if (line.includes(WATCHING)) rebuilt?.();
    line = line.slice(Math.max(0, line.lastIndexOf("\n"), line.lastIndexOf(WATCHING) + 1));
  });
  // Whoever ends this process means the compiler, which would go on watching by itself.
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (code) => resolve(code ?? 1));
  });
}

/** Through a pipe, the compiler does not see the terminal that its words end up in, and must be understood. */
function watchingArguments(args: readonly string[]): string[] {
  const names = args.map((argument) => argument.toLowerCase());
  return [
    ...(process.stdout.isTTY && !names.includes("--pretty") ? ["--pretty"] : []),
    ...(names.includes("--locale") ? [] : ["--locale", "en"]),
  ];
}
