/** Transformers for the tools that take TypeScript's: ts-loader, @rollup/plugin-typescript, ts-node, ts-jest. */
import { createRequire } from "node:module";
import { join } from "node:path";
import type ts from "typescript";
import { type TypeScript, withTransformers } from "../compiler.ts";
import { openBuild } from "../compiler-builds.ts";
import { formatDiagnostic } from "../diagnostics.ts";
import type { Added } from "../emit/tree.ts";
import { type BuildOptions, checkOptions } from "../options.ts";
import { buildTree } from "../tree-build.ts";
import { VERSION } from "../version.ts";

const HOST = "spanwright/transformers";

/** What tools add to the transformers of their own. */
export interface Transformers {
  before: [ts.TransformerFactory<ts.SourceFile>];
}

/**
 * Transformers that write the spans into the files of a program.
 *
 * What is wrong with a mark is thrown when its file is emitted.
 *
 * @param program `undefined` where files are compiled one by one; there is no difference but the directory
 * @param options of the build
 * @param typescript the tool's TypeScript; default: what `import "typescript"` gets in the working directory
 * @throws HostError SW3001 for an option that does not exist, SW3003 for a value that does not fit, SW3002 when
 *   there is no TypeScript that takes transformers
 * @example
 * // ts-loader's options
 * { getCustomTransformers: (program) => transformers(program, { include: "src/**" }) }
 */
export default function transformers(
  program?: ts.Program,
  options: BuildOptions = {},
  typescript?: TypeScript,
): Transformers {
  return { before: [transformer(program, options, typescript, "to its function")] };
}

function transformer(
  program: ts.Program | undefined,
  options: BuildOptions,
  typescript: TypeScript | undefined,
  added: Added,
): ts.TransformerFactory<ts.SourceFile> {
  const directory = program?.getCurrentDirectory() ?? process.cwd();
  const ts = withTransformers(typescript ?? installed(directory), HOST, "typescript@6");
  const checked = checkOptions(options, HOST);
  return (context) => {
    const build = openBuild(checked, HOST, context.getCompilerOptions(), directory);
    return (sourceFile) =>
      buildTree(build, { ts, directory, added }, context, sourceFile, (errors) => {
        throw new Error(errors.map(formatDiagnostic).join("\n"));
      });
  };
}

/** TypeScript as the project has it. */
function installed(directory: string): Partial<TypeScript> | undefined {
  try {
    return createRequire(join(directory, "package.json"))("typescript");
  } catch {
    // It is not there: whoever needs it says what to install.
    return undefined;
  }
}

/** @see https://kulshekhar.github.io/ts-jest/docs/getting-started/options/astTransformers */
export const name = "spanwright";

/** By which ts-jest knows what it kept in its cache from what is made now. */
export const version: string = VERSION;

/** What ts-jest hands to a transformer. */
interface JestCompiler {
  readonly program?: ts.Program;
  readonly configSet: { readonly compilerModule: TypeScript; readonly rootDir: string };
}

/** The entry of ts-jest's `astTransformers.before`. What it adds to a file does not count when Jest collects coverage. */
export function factory(
  { program, configSet }: JestCompiler,
  options: BuildOptions = {},
): ts.TransformerFactory<ts.SourceFile> {
  const { compilerModule, rootDir } = configSet;
  // Jest's workers run tests for as long as there are some: none of them ends a build.
  return transformer(program, { root: rootDir, summary: false, ...options }, compilerModule, "nowhere");
}
