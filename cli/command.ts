/** What a command of `spanwright` is, and how it says that it cannot do what was asked. */

/** A row of the table of commands in index.ts. */
export interface Command {
  readonly name: string;
  /** What may follow the name, as the help shows it. */
  readonly synopsis: string;
  readonly summary: string;
  /** What its help says below the synopsis and the summary: arguments and options, a line each. */
  readonly details: readonly string[];
  /**
   * Does the work, with the arguments after the command's name. What it has to show goes to standard output.
   * @returns the exit code: 0, or 1 when the command was followed and what it looked at is not as it should be
   * @throws UsageError, CommandError, DeliveryError, or what `parseArgs` throws
   */
  run(args: readonly string[]): number | Promise<number>;
}

/** The command line itself is wrong: exit code 2, and a pointer to the help. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command line is right, but cannot be followed: exit code 1. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  /** `SW3502` and on, see docs/diagnostics.md. */
  readonly code: string;
  /** What the user can do about it. */
  readonly remedy: string;

  constructor(code: string, message: string, remedy: string) {
    super(message);
    this.code = code;
    this.remedy = remedy;
  }
}
