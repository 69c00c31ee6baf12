/** Builds the program that throws, runs it, and tells the stack frames that it prints. */

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import remapping from "@jridgewell/remapping";
import { COMPILERS, type Compile, TRACING_COMPILERS } from "./compilers.ts";
import { traceText } from "./traced.ts";

const NAME = "program.ts";
const source = readFileSync(join(import.meta.dirname, NAME), "utf8");

/** A file as it is run: its name, and its text with the source map inside. */
interface Built {
  readonly file: string;
  readonly text: string;
}

/** The program as it is written. */
export const BARE: Built = { file: NAME, text: source };

/** What the text emitter makes of it, still TypeScript. */
export function traced(): Built {
  const { code, map } = tracedText();
  return { file: NAME, text: withMap(code, map) };
}

/** What a compiler makes of it. */
export function compiled(compiler: string): Built {
  return compile(COMPILERS[compiler]!, source);
}

/** What the text emitter and then a compiler make of it. */
export function tracedThenCompiled(compiler: string): Built {
  const { code, map } = tracedText();
  return compile(COMPILERS[compiler]!, code, map);
}

/** What a compiler makes of it that traces by the tree emitter. */
export function tracedByCompiler(compiler: string): Built {
  return compile(TRACING_COMPILERS[compiler]!(1), source);
}

function tracedText() {
  const result = traceText(source, NAME, 1);
  if (result === undefined) throw new Error("nothing was traced");
  return result;
}

function compile(compiler: Compile, text: string, map?: string): Built {
  const output = compiler(new Map([[NAME, text]])).get(NAME)!;
  const composed = map === undefined ? output.map : remapping([output.map, map], () => null).toString();
  return { file: "program.js", text: withMap(output.code, composed) };
}

function withMap(code: string, map: string): string {
  const named = JSON.stringify({ ...JSON.parse(map), sources: [NAME] });
  const encoded = Buffer.from(named).toString("base64");
  return `${code.replace(/^\/\/# sourceMappingURL=.*$/m, "")}\n//# sourceMappingURL=data:application/json;base64,${encoded}\n`;
}

/**
 * The frames of each error, a line a function.
 *
 * @param node the Node that runs it
 * @param folder where it stands
 * @param mapped whether Node reads source maps
 */
export function framesOf({ file, text }: Built, node: string, folder: string, mapped: boolean): readonly string[] {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, file), text);
  const { NODE_ENV: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const args = [
    "--no-warnings",
    "--stack-trace-limit=50",
    ...(mapped ? ["--enable-source-maps"] : []),
    join(folder, file),
  ];
  const env = { ...inherited, SPANWRIGHT_STORE: join(folder, "traces.db") };
  const { stdout, stderr, status } = spawnSync(node, args, { cwd: folder, env, encoding: "utf8", timeout: 25_000 });
  if (status !== 0 || stderr !== "") throw new Error(`${file} ended with ${status}: ${stderr}`);
  return stdout.trimEnd().split("\n");
}
