import type { Pattern } from "./syntax.ts";

/** Names a pattern binds, in order. */
export function boundNames(pattern: Pattern): string[] {
  switch (pattern.is) {
    case "name":
      return [pattern.name];
    case "array":
      return [...pattern.items, pattern.rest].flatMap((item) => (item ? boundNames(item) : []));
    case "object":
      return [...pattern.entries.map(([, value]) => value), pattern.rest].flatMap((item) =>
        item ? boundNames(item) : [],
      );
  }
}
