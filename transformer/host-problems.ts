/** What a host has to say of a build as a whole, where no line of a file is to blame. */
export interface HostProblem {
  /** `SW3001` and on; see {@link HOST_PROBLEMS}. */
  readonly code: HostProblemCode;
  readonly severity: "error" | "warning";
  /** What was seen, without a full stop. */
  readonly message: string;
  /** What to do about it, in sentences. */
  readonly remedy: string;
}

interface HostProblemRow {
  readonly severity: HostProblem["severity"];
  /** `%` stands for what was seen. */
  readonly message: string;
  readonly remedy: string;
}

/** Every problem of a host, but for a mark's; a `%` is filled with a detail, in order. */
export const HOST_PROBLEMS = {
  SW3001: {
    severity: "error",
    message: "unknown option % of %",
    remedy: "The options are %.",
  },
  SW3002: {
    severity: "error",
    message: "% needs TypeScript 6 or 5.9, the last ones that take transformers, and was handed %",
    remedy: "Run `%`, or build with `npx spanwright build`, which takes any version.",
  },
  SW3003: {
    severity: "error",
    message: "the option % of % cannot be %",
    remedy: "It takes %.",
  },
  SW3004: {
    severity: "warning",
    message: "the glob % of % matches no file below %",
    remedy: "Globs are relative to the root and use forward slashes: `src/**`, `**/*.test.ts`.",
  },
  SW3005: {
    severity: "error",
    message: "% cannot be %: %",
    remedy: "See that the path is right and that this user may use it.",
  },
  SW3006: {
    severity: "warning",
    message: "the source map that came with % cannot be read: %",
    remedy: "The file is traced; its positions are those of the text as it came in. Repair what made the map.",
  },
  SW3008: {
    severity: "warning",
    message: "% of the traced files is not below the root %",
    remedy: "Its spans name it by its absolute path. Set `root` to a folder that holds all of them.",
  },
  SW3009: {
    severity: "warning",
    message: "% could not be instrumented: %",
    remedy: "The file is left as it is. Please report this with the file.",
  },
  SW3010: {
    severity: "error",
    message: "spanwright/jest has nobody to compile for it: % cannot be found from %",
    remedy: "Run `npm install --save-dev ts-jest`, or give `transformer` the path of the one to use.",
  },
  SW3011: {
    severity: "warning",
    message: "% has marks, but is CommonJS, which Bun lets no plugin load",
    remedy: "Its functions run untraced. Make it an ES module, or build it with spanwright/bun.",
  },
} as const satisfies Readonly<Record<string, HostProblemRow>>;

export type HostProblemCode = keyof typeof HOST_PROBLEMS;

/** Builds a problem; `details` fill the `%` of message and remedy in their order. */
export function hostProblem(code: HostProblemCode, ...details: readonly string[]): HostProblem {
  const { severity, message, remedy }: HostProblemRow = HOST_PROBLEMS[code];
  const rest = [...details];
  const fill = (template: string) => template.replaceAll("%", () => rest.shift() ?? "%");
  return { code, severity, message: fill(message), remedy: fill(remedy) };
}

/** A problem as a terminal shows it. */
export function formatHostProblem({ code, severity, message, remedy }: HostProblem): string {
  return `spanwright: ${severity} ${code}: ${message}. ${remedy}`;
}

/** A problem that ends a build. */
export class HostError extends Error {
  override readonly name = "HostError";
  /** `SW3001` and on. */
  readonly code: HostProblemCode;

  constructor(problem: HostProblem) {
    super(formatHostProblem(problem));
    this.code = problem.code;
  }
}

/** The text of whatever was thrown, for a message. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
