/** Large files of the packages themselves, as input, and short forms of large results. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const packages = join(import.meta.dirname, "../node_modules");

/** A file that tracing leaves as it is: no program reads its own traced copy. */
export function text(path) {
  return readFileSync(join(packages, path), "utf8");
}

/** Length and hash of a text. */
export function short(text) {
  return `${text.length} ${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
}

/** A program in JavaScript of about so many lines, the same one every time. */
export function program(lines) {
  const parts = [];
  for (let at = 0; at < lines; at += 10) {
    parts.push(`
export async function load${at}(id, { deep = true, ...rest } = {}) {
  for await (const row of rows(id)) if (row?.ok ?? deep) yield_(row, ...Object.values(rest));
  try { return await Promise.all([id, \`row \${id}\`].map(async (x) => x ** ${at})); } catch { return null; }
}
class Item${at} extends Base { #count = ${at}; static all = new Map(); get count() { return this.#count++; }
  *[Symbol.iterator]() { for (let i = 0; i < this.#count; i++) { const used = i * 2, unused = i; yield used; } }
  constructor(first, second = first) { super(second); label: for (;;) { if (first) break label; else continue; } } }
switch (mode) { case ${at}: { let a = /[a-z]+/giu.exec("x${at}")?.groups; var b = a, c = b || a; break; } default: c = 1_000n; }`);
  }
  return parts.join("\n");
}
