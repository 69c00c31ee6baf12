/**
 * Whether a file may hold a mark, or what looks like a misspelt one: the search that runs before any parser
 * loads. A comment says `@trace`; a marker call and a wrapper need `trace` from `spanwright`.
 */
export function mayHaveMark(text: string): boolean {
  return text.includes("@trace") || (text.includes("spanwright") && text.includes("trace")) || MISSPELT.test(text);
}

/** Where marks.ts looks closer. */
const MISSPELT = /@[ \t]?(?:trac|trae|trce|tace|tarce|trcae|traec)|[/*][ \t]*trace[ \t]*\{/i;
