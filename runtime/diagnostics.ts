/**
 * How the runtime says that something is wrong: once per code, one line on stderr, never by throwing into
 * the program. Every code has an entry in docs/diagnostics.md.
 */

/** Something the caller asked for on purpose cannot be done; thrown by `init`, and by calls that name traces by id. */
export class SpanwrightError extends Error {
  override readonly name: string = "SpanwrightError";
  /** Code of the problem, `SW2100` and on. */
  readonly code: string;
  /** What the user can do about it. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(`${message}. ${remedy} [${code}]`);
    this.code = code;
    this.remedy = remedy;
  }
}

const reported = new Set<string>();

/**
 * Reports a problem, once per code and process.
 *
 * @param message what was seen and where, without a final full stop
 * @param remedy what to do about it, a sentence
 */
export function report(code: string, message: string, remedy: string): void {
  if (reported.has(code)) return;
  reported.add(code);
  try {
    // Not process.emitWarning: its line is written on a later tick, which an exiting process does not have.
    console.warn(`spanwright: ${message}. ${remedy} [${code}]`);
  } catch {
    // The program replaced console; there is nobody left to tell.
  }
}

/** The text of whatever was thrown, for a message. Never throws. */
export function reasonOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return "an error that cannot be shown";
  }
}

/** A traced call that something went wrong with on our side; the program goes on. */
export function reportInternal(error: unknown): void {
  // Where the stack ends, recording ends first, and that is no fault.
  if (error instanceof RangeError) return;
  report("SW2199", `a call was not recorded: ${reasonOf(error)}`, "Please report this with the function's source.");
}
