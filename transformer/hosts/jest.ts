/** The transformer for Jest: writes the spans into a file and hands it to the transformer that compiles it. */

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import remapping from "@jridgewell/remapping";
import { Build, type Report, toStderr } from "../build.ts";
import { coveredMap } from "../covered-map.ts";
import { formatHostProblem, HostError, hostProblem, reasonOf } from "../host-problems.ts";
import { type BuildOptions, checkOptions } from "../options.ts";
import { owningPackage } from "../packages.ts";
import { readMapped, withInlineMap } from "../script-map.ts";
import { buildText, type TextOutput } from "../text-build.ts";
import { VERSION } from "../version.ts";

const HOST = "spanwright/jest";

/** The options of a build, and who compiles the files. */
export interface JestOptions extends BuildOptions {
  /** The transformer that compiles them: a package, or a path. Default: the first of {@link COMPILERS} there is. */
  readonly transformer?: string;
  /** What the other transformer is configured with. */
  readonly transformerConfig?: object;
}

/** Transformers that compile TypeScript for Jest, in the order in which they are looked for. */
const COMPILERS = ["ts-jest", "@swc/jest", "babel-jest"];

/**
 * What a transformer is asked for, as far as this one reads it.
 * @see https://jestjs.io/docs/code-transformation#writing-custom-transformers
 */
interface TransformOptions {
  readonly config: { readonly rootDir: string };
  readonly configString: string;
  readonly instrument: boolean;
  readonly supportsStaticESM: boolean;
}

interface Transformed {
  readonly code: string;
  readonly map?: unknown;
}

type Call<Result> = (code: string, path: string, options: TransformOptions) => Result;

/** A transformer. Jest asks which of its methods are there. */
export interface Transformer {
  readonly canInstrument?: boolean;
  readonly getCacheKey?: Call<string>;
  readonly process?: Call<Transformed>;
  readonly processAsync?: Call<Promise<Transformed>>;
}

/**
 * Makes the transformer for an entry of Jest's `transform`: `["spanwright/jest", { … }]`.
 *
 * @throws HostError SW3001 for an option that does not exist, SW3003 for a value that does not fit, SW3010 when
 *   there is no transformer that compiles
 */
export async function createTransformer(given?: JestOptions): Promise<Transformer> {
  const options = checkOptions(given, HOST, ["transformer", "transformerConfig"]);
  const compilerPath = pathOf(ownOption(given, "transformer", isString, "the name of a package, or a path"));
  const config = ownOption(given, "transformerConfig", isObject, "an object") ?? {};
  const kind = owningPackage(compilerPath)?.name;
  const transformerConfig = kind === "ts-jest" ? withAstTransformer(config, options) : config;
  const compiler = await loadTransformer(compilerPath, transformerConfig);
  const { canInstrument, process: compile, processAsync: compileAsync } = compiler;

  /** The file as the compiler gets it, and what is made of what comes back. */
  const prepared: Call<Prepared> = (code, path, asked) => {
    if (kind === "ts-jest" && /\.[cm]?tsx?$/.test(path)) return untouched(code);
    const output = traced(options, code, path, asked);
    if (output === null) return untouched(code);
    const map = coveredMap(output.code, output.map);
    // It reads the map in the last line.
    if (kind === "babel-jest") return untouched(withInlineMap(output.code, map));
    return { text: output.code, finished: (compiled) => chained(compiled, path, output.code, map) };
  };
  const optionsFor = (asked: TransformOptions) => ({ ...asked, transformerConfig });

  return {
    ...(canInstrument === undefined ? {} : { canInstrument }),
    getCacheKey(code, path, asked) {
      const { configString, instrument, supportsStaticESM } = asked;
      const key = compiler.getCacheKey?.(code, path, optionsFor(asked)) ?? [code, path, instrument];
      return hashOf([VERSION, options, configString, supportsStaticESM, key]);
    },
    ...(compile && {
      process(code, path, asked) {
        const { text, finished } = prepared(code, path, asked);
        return finished(compile.call(compiler, text, path, optionsFor(asked)));
      },
    }),
    ...(compileAsync && {
      async processAsync(code, path, asked) {
        const { text, finished } = prepared(code, path, asked);
        return finished(await compileAsync.call(compiler, text, path, optionsFor(asked)));
      },
    }),
  };
}

interface Prepared {
  readonly text: string;
  readonly finished: (compiled: Transformed) => Transformed;
}

function untouched(text: string): Prepared {
  return { text, finished: (compiled) => compiled };
}

/** The file with its spans; no build ends in Jest: each file is one, and its errors are said whenever it is compiled. */
function traced(options: BuildOptions, code: string, path: string, asked: TransformOptions): TextOutput | null {
  const errors: string[] = [];
  const report: Report = (message, severity) => {
    if (severity === "error") errors.push(message);
    else toStderr(message, severity);
  };
  const format = asked.supportsStaticESM ? "module" : "commonjs";
  const output = buildText(new Build(options, HOST, asked.config.rootDir), { id: path, code, format }, report);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return output;
}

function ownOption<Value>(
  given: unknown,
  name: keyof JestOptions,
  is: (value: unknown) => value is Value,
  takes: string,
): Value | undefined {
  const value = propertyOf(given, name);
  if (value === undefined || is(value)) return value;
  throw new HostError(hostProblem("SW3003", `\`${name}\``, HOST, JSON.stringify(value), takes));
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The path of the transformer that compiles, as the working directory has it: Jest's, and its workers'. */
function pathOf(transformer: string | undefined): string {
  const folder = process.cwd();
  const { resolve } = createRequire(join(folder, "package.json"));
  const names = transformer === undefined ? COMPILERS : [transformer];
  for (const name of names) {
    try {
      return resolve(name);
    } catch {
      // The next one may be there.
    }
  }
  throw new HostError(hostProblem("SW3010", names.join(", "), folder));
}

async function loadTransformer(path: string, config: object): Promise<Transformer> {
  const module: unknown = await import(pathToFileURL(path).href);
  // A module of Babel's or TypeScript's making holds its default under the one that `import` gives to CommonJS.
  const exported = [module, propertyOf(module, "default"), propertyOf(propertyOf(module, "default"), "default")];
  for (const candidate of exported) {
    const create = propertyOf(candidate, "createTransformer");
    const transformer: unknown = typeof create === "function" ? await create.call(candidate, config) : candidate;
    if (isTransformer(transformer)) return transformer;
  }
  throw new HostError(hostProblem("SW3003", "`transformer`", HOST, path, "a transformer of Jest"));
}

function propertyOf(value: unknown, name: string): unknown {
  return isObject(value) ? Reflect.get(value, name) : undefined;
}

function isTransformer(value: unknown): value is Transformer {
  return ["process", "processAsync"].some((method) => typeof propertyOf(value, method) === "function");
}

/** ts-jest checks types: it gets the sources as they are, and writes the spans into what it makes of them. */
function withAstTransformer(config: object, options: object): object {
  const path = createRequire(import.meta.url).resolve("spanwright/transformers");
  const others = propertyOf(config, "astTransformers");
  const before = propertyOf(others, "before");
  return {
    ...config,
    astTransformers: {
      ...(isObject(others) ? others : {}),
      before: [...(Array.isArray(before) ? before : []), { path, options }],
    },
  };
}

/** What was compiled, with a map that leads to the file as it was before the spans were written. */
function chained(compiled: Transformed, path: string, text: string, traced: object): Transformed {
  // ts-jest leaves JavaScript as it is, unless it is allowed to.
  if (compiled.code === text) return { ...compiled, code: withInlineMap(text, traced), map: traced };
  const { code, map: found } = readMapped(path, compiled.code);
  const own = compiled.map ?? found;
  if (own === undefined) return compiled;
  try {
    const compiler = typeof own === "string" ? own : JSON.stringify(own);
    const map = remapping([compiler, JSON.stringify(traced)], () => null);
    // In the text, too: there Babel looks for it when Jest has it count what is covered.
    return { ...compiled, code: withInlineMap(code, map), map };
  } catch (error) {
    console.error(formatHostProblem(hostProblem("SW3006", path, reasonOf(error))));
    return compiled;
  }
}

function hashOf(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Where Jest takes a module by `import`. */
export default { createTransformer };
