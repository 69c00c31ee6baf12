import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMPILERS, type Compile, type Source } from "./corpus-compilers.ts";
import { runRecorded } from "./corpus-runs.ts";
import { installed } from "./installed.ts";
import {
  compiledName,
  compilerOptionsOf,
  filesOf,
  type ProgramFile,
  programs,
  type Run,
  run,
  runnable,
  workFolder,
  write,
} from "./programs.ts";

/**
 * The corpus through every compiler: a traced program, compiled, does what the bare program does when the same
 * compiler has compiled it, and has the spans that it has uncompiled.
 */
const folder = workFolder("compilers");
beforeAll(() => void installed("compilers"), 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that compilers break, traced or not. */
interface Broken {
  readonly by: RegExp;
  readonly because: string;
}

const BROKEN: Readonly<Record<string, readonly Broken[]>> = {
  "annex-b.cjs": [
    { by: /^swc/, because: "swc cannot parse a function in an `if`" },
    { by: /^esbuild/, because: "esbuild makes a directive of a string in parentheses" },
  ],
  "async-generators.js": [{ by: /^esbuild to ES2017/, because: "an error in its `for await` is not caught" }],
  "decorators.ts": [{ by: /^oxc/, because: "oxc-transform compiles no standard decorators" }],
  "engine-messages.js": [
    { by: /^swc|^TypeScript .* to ES2017/, because: "the engine quotes the names that the compiler chose" },
  ],
  "function-names.cjs": [
    { by: /^esbuild( to ES2017)?$/, because: "esbuild names functions anew unless it is told `keepNames`" },
  ],
  "legacy-decorators.ts": [{ by: /^oxc/, because: "oxc-transform's decorators call a package of their own" }],
  "parameters.cjs": [
    {
      by: /^TypeScript (5\.9|6) to ES2017/,
      because: "it reads variables that it did not declare for an async generator's parameters",
    },
  ],
  "sharing-a-name.cjs": [
    { by: /^esbuild with keepNames/, because: "it names what is no function where a `var` has a function's name" },
  ],
  "every-member.js": [{ by: /^(TypeScript.*|esbuild) to ES2017/, because: "it writes `super` where none can stand" }],
  "super-properties.js": [
    { by: /^(TypeScript (5\.9|6)|esbuild) to ES2017/, because: "it writes `super` where none can stand" },
  ],
  "this-super-arguments.js": [
    { by: /^(TypeScript (5\.9|6)|esbuild) to ES2017/, because: "it writes `super` where none can stand" },
  ],
  "using-for.js": [{ by: /^swc/, because: "swc cannot parse `using` in the head of a `for (;;)`" }],
};

const sources: readonly Source[] = programs.flatMap((program) =>
  filesOf(program).map((file) => ({ ...file, options: compilerOptionsOf(program) ?? {} })),
);

describe.each(Object.keys(COMPILERS))("%s", (compiler) => {
  const bare = new Map<string, string | Error>();
  const traced = new Map<string, string | Error>();

  beforeAll(() => {
    const compile = COMPILERS[compiler]!();
    compileInto(bare, compile.bare);
    compileInto(traced, compile.traced);
  }, 120_000);

  test.for(programs)("%s", (program, { skip }) => {
    const uncompiled = uncompiledRun(program);
    const expected = ranCompiled("bare", program, bare);
    const broken = BROKEN[program]?.find(({ by }) => by.test(compiler));
    if (broken) {
      expect(expected, "the compiler breaks the program no more").not.toEqual(uncompiled);
      skip(broken.because);
    }
    if (expected instanceof Error) throw expected;
    expect(expected.status, expected.errors).toBe(0);
    const path = built("traced", program, traced);
    expect(shown(program, run(path))).toEqual(expected);
    const recorded = runRecorded(join(folder, compiler), program, path);
    expect(shown(program, recorded.run)).toEqual(expected);
    if (expected.output === uncompiled.output) expect(recorded.spans).toBe(spansOf(program));
  });

  function ranCompiled(way: string, program: string, texts: ReadonlyMap<string, string | Error>): Run | Error {
    try {
      return shown(program, run(built(way, program, texts)));
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Writes what the compiler made of a program's files; throws what it said instead. */
  function built(way: string, program: string, texts: ReadonlyMap<string, string | Error>): string {
    return written(`${compiler}/${way}`, program, ({ name }) => {
      const text = texts.get(name) ?? new Error(`${name} was not compiled`);
      if (text instanceof Error) throw text;
      return { name: compiledName(name), text };
    });
  }
});

const uncompiledRuns = new Map<string, Run>();

function uncompiledRun(program: string): Run {
  const ran = uncompiledRuns.get(program) ?? run(written("uncompiled", program, (file) => runnable(program, file)));
  uncompiledRuns.set(program, ran);
  return ran;
}

function compileInto(texts: Map<string, string | Error>, compile: Compile): void {
  for (const [index, text] of compile(sources).entries()) texts.set(sources[index]?.name ?? "", text);
}

function written(way: string, program: string, made: (file: ProgramFile) => ProgramFile): string {
  return write(join(folder, way), filesOf(program).map(made));
}

/** Compilers move lines; source maps have tests of their own. */
function shown(program: string, ran: Run): Run {
  return program === "stacks.js" ? { ...ran, output: ran.output.replaceAll(/:\d+/g, "") } : ran;
}

function spansOf(program: string): string {
  return readFileSync(join(import.meta.dirname, "corpus-spans", `${program}.txt`), "utf8");
}
