/** `; did you mean …?` when a name is near one of those there are, for a message; empty otherwise. */
export function suggestion(name: string, names: readonly string[]): string {
  const near = names.find((known) => distance(known.toLowerCase(), name.toLowerCase()) <= 2);
  return near ? `; did you mean \`${near}\`?` : "";
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substitution));
    }
    row = next;
  }
  return row[b.length]!;
}
