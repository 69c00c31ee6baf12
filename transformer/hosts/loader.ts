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
  getOptions?(): unknown;
  callback(error: Error | null, code?: string, map?: object | string): void;
  emitWarning?(warning: Error): void;
  emitError?(error: Error): void;
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

/** A loader is a function without a state of its own: all calls with the same options are one build. */
const builds = new Map<string, Build>();

function buildFor(context: LoaderContext): Build {
  const { rootContext } = context;
  const given = context.getOptions?.();
  const key = JSON.stringify([rootContext, given]);
  const known = builds.get(key);
  if (known) return known;
  const options: BuildOptions = checkOptions(given, "spanwright/loader");
  const build = new Build(options, "spanwright/loader", rootContext);
  builds.set(key, build);
  return build;
}
