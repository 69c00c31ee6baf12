/** Which files a build looks at: loaded before anything else, and in most programs nothing else is. */
import type { BuildOptions } from "./options.ts";

/** What may be a misspelt mark, and fits every right one in a comment; marks.ts looks closer. */
const COMMENT_MARK = /@[ \t]?(?:trac|trae|trce|tace|tarce|trcae|traec)|[/*][ \t]*trace[ \t]*\{/i;

/** The package that a marker call and a wrapper come from. */
const PACKAGE = "spanwright";

/** One of these is in every file that may hold a mark: for hosts that search files themselves. */
export const SIGNS_OF_A_MARK: readonly (string | RegExp)[] = [PACKAGE, COMMENT_MARK];

/**
 * Whether a file may hold a mark, or what looks like a misspelt one: the search that runs before any parser
 * loads. A comment says `@trace`; a marker call and a wrapper need `trace` from `spanwright`.
 */
export function mayHaveMark(text: string): boolean {
  return text.includes("@trace") || (text.includes(PACKAGE) && text.includes("trace")) || COMMENT_MARK.test(text);
}

/** Whether only functions with a mark are traced, so that files without one need not be read. */
export function tracesMarkedOnly({ select = "marked" }: BuildOptions): boolean {
  return select === "marked";
}

/** Whether files below `node_modules` may be traced, which they are when a glob of `include` asks for them. */
export function includesModules({ include = [] }: BuildOptions): boolean {
  return [include].flat().some((glob) => glob.includes("node_modules"));
}
