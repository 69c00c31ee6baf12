/** The loader, for Next.js with Turbopack or webpack, and for whatever else takes webpack's loaders. */

import { Build, type Report, toStderr } from "../build.ts";
import { type BuildOptions, checkOptions } from "../options.ts";
import { buildText, formatByPackage } from "../text-build.ts";

/**
 * What a loader finds on `this`.
 * @see https://webpack.js.org/api/loaders/#the-loader-context
 */
interface LoaderContext {
  /** Absolute path of the file, without a query. */
  readonly resourcePath: string;
  /** webpack's `context`. */
  readonly rootContext?: string;
  /** Of webpack and Rspack; other hosts have none. */
  readonly _compiler?: Compiler;
  getOptions?(): unknown;
  callback(error: Error | null, code?: string, map?: object | string): void;
  emitWarning?(warning: Error): void;
  emitError?(error: Error): void;
}

interface Compiler {
  readonly hooks: { readonly done: { tap(name: string, ended: (stats: Stats) => void): void } };
}

interface Stats {
  readonly compilation: { readonly errors: Error[]; readonly warnings: Error[] };
}

/** Writes the spans into a file; a file without marks goes through as it came, with its map. */
function loader(this: LoaderContext, code: string, inputMap?: object | string): void {
  const { resourcePath: id } = this;
  const report: Report = (message, severity) => {
    const tell = severity === "error" ? this.emitError : this.emitWarning;
    if (tell) tell.call(this, new Reported(message));
    else toStderr(message, severity);
  };
  try {
    const format = formatByPackage(id);
    const output = buildText(buildFor(this), { id, code, format, inputMap }, report);
    this.callback(null, output?.code ?? code, output?.map ?? inputMap);
  } catch (error) {
    // Only wrong options get here; the host shows them with the file that it was loading.
    this.callback(error instanceof Error ? error : new Error(String(error)));
  }
}

export { loader as default, loader as "module.exports" };

/** A message for a host that shows the stacks of errors: this has none. */
class Reported extends Error {
  override readonly name = "spanwright";
  override readonly stack: string;

  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/**
 * A loader is a function without a state of its own: the calls of one compiler with the same options are one build.
 * It ends whenever the compiler is done, or where none is in sight, as in Turbopack's workers, with the process.
 */
const builds = new WeakMap<object, Map<string, Build>>();

function buildFor(context: LoaderContext): Build {
  const { rootContext, _compiler: compiler } = context;
  const given = context.getOptions?.();
  const ofHost = builds.get(compiler ?? process) ?? new Map<string, Build>();
  const key = JSON.stringify([rootContext, given]);
  const known = ofHost.get(key);
  if (known) return known;
  const options: BuildOptions = checkOptions(given, "spanwright/loader");
  const build = new Build(options, "spanwright/loader", rootContext);
  if (compiler) {
    compiler.hooks.done.tap("spanwright", ({ compilation: { errors, warnings } }) => {
      build.finish((message, severity) => (severity === "error" ? errors : warnings).push(new Reported(message)));
    });
  } else process.once("exit", () => build.finish(toStderr));
  builds.set(compiler ?? process, ofHost.set(key, build));
  return build;
}
