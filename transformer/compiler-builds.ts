/**
 * The builds of this process whose hosts are compilers. A compiler asks for transformers anew whenever it emits,
 * often file by file, and names no end: a build ends with the process, and a watching compiler's round with the
 * task that it emits in.
 */
import { dirname } from "node:path";
import type ts from "typescript";
import { Build, failureOf, toStderr } from "./build.ts";
import type { BuildOptions } from "./options.ts";

const builds = new Map<string, Build>();
const open = new Set<Build>();

/**
 * The build of a compiler's project, one for the same options as long as this process runs, and open from now on.
 *
 * @param options as {@link checkOptions} returns them
 * @param host its name, for messages: `spanwright/ts-patch`
 * @param directory the compiler's working directory, the root where there is no tsconfig.json
 */
export function openBuild(
  options: BuildOptions,
  host: string,
  compilerOptions: ts.CompilerOptions,
  directory: string,
): Build {
  const { configFilePath: config, watch } = compilerOptions;
  const key = JSON.stringify([host, config ?? directory, options]);
  if (builds.size === 0) process.once("exit", endAll);
  const build = builds.get(key) ?? new Build(options, host, typeof config === "string" ? dirname(config) : directory);
  builds.set(key, build);
  if (!open.has(build) && watch === true) queueMicrotask(() => end(build));
  open.add(build);
  return build;
}

function endAll(): void {
  for (const build of open) {
    // The compiler has its exit code by now: there is no other way left to fail.
    if (end(build) !== undefined) process.exitCode ||= 2;
  }
}

/** Why the build failed, if it did. */
function end(build: Build): string | undefined {
  open.delete(build);
  return failureOf(build.finish(toStderr));
}
