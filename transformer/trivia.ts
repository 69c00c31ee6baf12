/** Offset of the first token at or after `at`: white space and comments are skipped. */
export function skipTrivia(text: string, at: number): number {
  let position = at;
  for (;;) {
    if (/\s/.test(text.charAt(position))) position++;
    else if (text.startsWith("//", position)) position = endOfLine(text, position);
    else if (text.startsWith("/*", position)) position = endOfBlock(text, position);
    else return position;
  }
}

/** Offsets at which the lines of a text start. */
export function lineStarts(text: string): number[] {
  return [0, ...Array.from(text.matchAll(LINE_BREAK), (lineBreak) => lineBreak.index + lineBreak[0].length)];
}

/** Line and column of an offset, both from 1; columns count UTF-16 code units. */
export function position(starts: readonly number[], at: number): { line: number; column: number } {
  let line = 1;
  let below = starts.length + 1;
  while (below - line > 1) {
    const middle = (line + below) >> 1;
    if (starts[middle - 1]! <= at) line = middle;
    else below = middle;
  }
  return { line, column: at - starts[line - 1]! + 1 };
}

/** The line that holds an offset, without its line break. */
export function lineAt(text: string, at: number): string {
  let start = at;
  while (start > 0 && !isLineBreak(text.charAt(start - 1))) start--;
  return text.slice(start, endOfLine(text, at));
}

/** Whether only white space stands between the start of its line and an offset. */
export function startsLine(text: string, at: number): boolean {
  return lineAt(text, at).trimStart() === text.slice(at, endOfLine(text, at)).trimStart();
}

/** The line breaks of a piece of text, so that it can be replaced without moving a line. */
export function lineBreaks(text: string): string {
  return text.match(LINE_BREAK)?.join("") ?? "";
}

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;

function isLineBreak(character: string): boolean {
  return character === "\n" || character === "\r" || character === "\u2028" || character === "\u2029";
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isLineBreak(text.charAt(end))) end++;
  return end;
}

function endOfBlock(text: string, at: number): number {
  const end = text.indexOf("*/", at + 2);
  return end < 0 ? text.length : end + 2;
}
