/** Text in terminal cells: a Latin letter takes one, a Chinese one or an emoji two, an accent none. */

const NAMED_ESCAPES: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Controls, invisible format characters but the joiner inside emoji, line separators, halves of surrogate pairs. */
const UNPRINTABLE = /(?!\u200d)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text of which every UTF-16 unit takes one cell: nearly all there is, and segmenting is slow. */
const PLAIN = /^[\x20-\x7e\u00a1-\u02ff\u2500-\u257f…→✗]*$/;

const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;

const MARKS_ALONE = /^\p{M}+$/u;

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** The text on one line, with everything that could drive a terminal or reorder the line spelled out. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => NAMED_ESCAPES[character] ?? spelledOut(character.codePointAt(0) ?? 0),
  );
}

/** Number of cells that printable text takes. */
export function width(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += widthOf(segment);
  return cells;
}

/** The text, or as much of its beginning as fits into so many cells, with an ellipsis in the last one. */
export function cut(text: string, cells: number): string {
  if (PLAIN.test(text) && text.length <= cells) return text;
  let used = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > cells) return cells > 0 ? `${text.slice(0, end)}…` : "";
    if (used < cells) end = index + segment.length;
  }
  return text;
}

/** The text, followed by spaces up to so many cells. */
export function pad(text: string, cells: number): string {
  return text + " ".repeat(Math.max(0, cells - width(text)));
}

function widthOf(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2;
  return MARKS_ALONE.test(grapheme) ? 0 : 1;
}

function spelledOut(codePoint: number): string {
  const digits = codePoint.toString(16);
  if (codePoint <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return codePoint <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\u{${digits}}`;
}
