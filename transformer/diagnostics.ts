import { lineAt, lineStarts, position } from "./trivia.ts";

/** What the transformer has to say about a file. */
export interface Diagnostic {
  /** `SW1001` and on; see {@link DIAGNOSTICS}. */
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  /** What was seen. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** The file, as the host named it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** The source line with a caret below the place. */
  readonly frame: string;
}

interface DiagnosticRow {
  readonly severity: Diagnostic["severity"];
  /** `%` stands for what was seen. */
  readonly message: string;
  readonly remedy: string;
}

/** Every diagnostic of the transformer. */
export const DIAGNOSTICS = {
  SW1001: {
    severity: "error",
    message: "the file does not parse: %",
    remedy: "Nothing in this file is traced and the file is left as it is. Correct the syntax and build again.",
  },
  SW1002: {
    severity: "error",
    message: "this mark stands above no function",
    remedy:
      "Put the comment directly above a function declaration, a method, or a `const`, property or field that holds a function. For a function inside a call, put it in front of that function.",
  },
  SW1003: {
    severity: "error",
    message: "unknown option %",
    remedy: "The options are %.",
  },
  SW1004: {
    severity: "error",
    message: "the value of % is not a literal",
    remedy:
      "A comment can hold literals only. For anything else use the marker call: `trace({ … })` as the first statement of the body.",
  },
  SW1005: {
    severity: "error",
    message: "the value of % does not fit",
    remedy: "%",
  },
  SW1006: {
    severity: "error",
    message: "the function has no parameter %",
    remedy:
      "`inputs` lists parameters by name; a destructured parameter is called arg0, arg1 and so on by its position.",
  },
  SW1007: {
    severity: "error",
    message: "this mark cannot be read: %",
    remedy: "Write `@trace`, `@trace { … }` with an object literal, `@trace off` or `@trace file`, and nothing else.",
  },
  SW1008: {
    severity: "error",
    message: "this marker call is not the first statement of a function body",
    remedy: "Move `trace({ … })` to the top of the function it marks.",
  },
  SW1009: {
    severity: "warning",
    message: "this function is marked but cannot be traced: %",
    remedy: "The function runs as it is, without a span.",
  },
  SW1010: {
    severity: "error",
    message: "`@trace file` does not stand at the head of the file",
    remedy: "Put it above the first statement, the imports included. To mark one function or class, write `@trace`.",
  },
  SW1011: {
    severity: "warning",
    message: "`@trace file` traces nothing: the file exports no function",
    remedy: "Export the functions, or put a mark above each of them.",
  },
  SW1012: {
    severity: "warning",
    message: "%, above a function, is no mark, but looks like one",
    remedy: "Write `@trace` if it is meant as one; otherwise put another word first.",
  },
  SW1013: {
    severity: "error",
    message: "this function is excepted by `@trace off`, but its own `trace(…)` marks it",
    remedy: "Remove the comment, or remove the call.",
  },
  SW1014: {
    severity: "warning",
    message: "this function is marked twice, by `trace(…)` around it and by %",
    remedy: "Remove one of them, and give its options to the other.",
  },
  SW1020: {
    severity: "error",
    message: "the compiler's output holds no function for the mark of %",
    remedy:
      "It emits nothing for types and overloads, no comments with `removeComments`, and rewrites some members for old targets. Turn that off, or build with a plugin, which sees the source.",
  },
} as const satisfies Readonly<Record<string, DiagnosticRow>>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** Builds a diagnostic for an offset of a text; `details` fill the `%` of message and remedy in their order. */
export function diagnose(
  code: DiagnosticCode,
  file: string,
  text: string,
  at: number,
  ...details: readonly string[]
): Diagnostic {
  const { severity, message, remedy }: DiagnosticRow = DIAGNOSTICS[code];
  const rest = [...details];
  const fill = (template: string) => template.replaceAll("%", () => rest.shift() ?? "%");
  const { line, column } = position(lineStarts(text), at);
  return {
    code,
    severity,
    message: fill(message),
    remedy: fill(remedy),
    file,
    line,
    column,
    frame: codeFrame(text, at, line, column),
  };
}

/** A diagnostic as a terminal shows it. */
export function formatDiagnostic({ code, severity, message, remedy, file, line, column, frame }: Diagnostic): string {
  return `${file}:${line}:${column} - ${severity} ${code}: ${message}\n\n${frame}\n\n  ${remedy}\n`;
}

const FRAME_WIDTH = 100;

function codeFrame(text: string, at: number, line: number, column: number): string {
  const whole = lineAt(text, at);
  const cut = column > FRAME_WIDTH ? column - 1 - FRAME_WIDTH / 2 : 0;
  const shown = whole.slice(cut, cut + FRAME_WIDTH).replaceAll("\t", " ");
  const gutter = `${line} | `;
  return `  ${gutter}${shown}\n  ${" ".repeat(gutter.length + column - 1 - cut)}^`;
}
