/**
 * The options of a build, the same in every host. ONE table makes their types, their validation and their
 * messages; a new option is a new row.
 */
import { HostError, hostProblem } from "./host-problems.ts";
import { suggestion } from "./suggestion.ts";

interface OptionRow<Value> {
  /** What the value must be, in words for the user. */
  readonly takes: string;
  /** The value, or `undefined` when it does not fit. */
  readonly read: (value: unknown) => Value | undefined;
}

/** Every option of a build. */
export const BUILD_OPTIONS = {
  /**
   * The folder that globs and `code.file.path` are relative to. Default: the host's own root (the folder of
   * tsconfig.json, Vite's `root`, webpack's `context` …), or else the working directory.
   */
  root: { takes: "the path of a folder", read: path },
  /** Globs of the files that are traced, relative to the root. Default: all but those below `node_modules`. */
  include: { takes: "a glob or a list of globs", read: globs },
  /** Globs of files that are not traced, relative to the root. Default: none. */
  exclude: { takes: "a glob or a list of globs", read: globs },
  /**
   * Which functions are traced: those with a mark (`"marked"`, the default), those that their file exports, too
   * (`"exported"`), or every one (`"all"`). `// @trace off` excepts a function.
   */
  select: { takes: '"marked", "exported" or "all"', read: oneOf("marked", "exported", "all") },
  /** `true`: warnings fail the build, as errors do. Default: `false`. */
  strict: { takes: "true or false", read: flag },
  /** `false`: the build leaves every file as it is. Default: `true`. */
  enabled: { takes: "true or false", read: flag },
  /** Path of a JSON file that lists the traced functions after the build, relative to the root. Default: none. */
  sites: { takes: "the path of a JSON file", read: path },
  /** `false`: no line after the build. Default: `true`. */
  summary: { takes: "true or false", read: flag },
} as const satisfies Readonly<Record<string, OptionRow<unknown>>>;

type Rows = typeof BUILD_OPTIONS;

/** The options of a build, see {@link BUILD_OPTIONS}. */
export type BuildOptions = { readonly [Option in keyof Rows]?: Exclude<ReturnType<Rows[Option]["read"]>, undefined> };

function path(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function globs(value: unknown): string | readonly string[] | undefined {
  if (typeof value === "string") return path(value);
  return Array.isArray(value) && value.every((glob): glob is string => path(glob) !== undefined) ? value : undefined;
}

function oneOf<const Value extends string>(...values: readonly Value[]) {
  return (value: unknown): Value | undefined => values.find((known) => known === value);
}

function flag(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/**
 * Checks the options that a user gave a host.
 *
 * @param given what was given; `undefined` stands for no options
 * @param where the host, in words for a message: `spanwright/vite`
 * @param own names of options that stand among them and that the host reads itself
 * @throws HostError SW3001 for an option that does not exist, SW3003 for a value that does not fit
 */
export function checkOptions(given: unknown, where: string, own: readonly string[] = []): BuildOptions {
  if (given === undefined || given === null) return {};
  if (typeof given !== "object") {
    throw new HostError(hostProblem("SW3003", "object", where, shown(given), "an object of options"));
  }
  const options: { [option: string]: unknown } = {};
  for (const [option, value] of Object.entries(given)) {
    if (own.includes(option)) continue;
    if (!isOption(option)) {
      const names = [...Object.keys(BUILD_OPTIONS), ...own];
      const seen = `\`${option}\``;
      throw new HostError(hostProblem("SW3001", seen, `${where}${suggestion(option, names)}`, names.join(", ")));
    }
    if (value === undefined) continue;
    const { read, takes } = BUILD_OPTIONS[option];
    const valid = read(value);
    if (valid === undefined) {
      throw new HostError(hostProblem("SW3003", `\`${option}\``, where, shown(value), takes));
    }
    options[option] = valid;
  }
  return options;
}

function isOption(name: string): name is keyof BuildOptions {
  return Object.hasOwn(BUILD_OPTIONS, name);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
