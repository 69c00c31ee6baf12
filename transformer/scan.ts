/**
 * Whether a file may hold a mark: the search that runs before any parser loads. A comment says `@trace`; a
 * marker call needs `trace` from `spanwright`.
 */
export function mayHaveMark(text: string): boolean {
  return text.includes("@trace") || (text.includes("spanwright") && text.includes("trace"));
}
