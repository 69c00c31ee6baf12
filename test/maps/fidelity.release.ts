import { beforeAll, describe, expect, test } from "vitest";
import { installed } from "../installed.ts";
import { COMPILERS, TRACING_COMPILERS } from "./compilers.ts";
import { afterCompiler, alone, beforeCompiler, corpus, type Difference, insideCompiler, openai } from "./fidelity.ts";

beforeAll(() => void installed("compilers"), 300_000);

const SETS = [
  { name: "the corpus", files: corpus(), atLeast: 1500 },
  { name: "the openai package", files: openai("**/*.ts"), atLeast: 70_000 },
];
const SHARES = [
  { share: "every function", every: 1 },
  { share: "every third function", every: 3 },
] as const;

/** Files that say nothing of a map: a compiler cannot parse them, or renames functions where they are nested in sloppy ones. */
const LEFT_OUT: Readonly<Record<string, RegExp>> = {
  esbuild: /\.cjs$/,
  swc: /^(?:annex-b\.cjs|every-kind\.cjs|using-for\.js)$/,
};

describe.each(SETS)("every identifier of $name is led where it is led untraced", ({ files, atLeast }) => {
  describe.each(SHARES)("with $share traced", ({ every }) => {
    test("by the text emitter", () => expectNone(alone(files, every), atLeast));

    test.each(Object.entries(COMPILERS))("by the text emitter before %s", (name, compile) => {
      const taken = [...files].filter(([file]) => !LEFT_OUT[name]?.test(file));
      expectNone(beforeCompiler(new Map(taken), every, compile), atLeast);
    });

    test.each(Object.entries(COMPILERS))("by the text emitter after %s", (name, compile) => {
      const taken = [...files].filter(([file]) => !LEFT_OUT[name]?.test(file));
      expectNone(afterCompiler(new Map(taken), every, compile), atLeast);
    });

    test.each(Object.entries(TRACING_COMPILERS))("by the tree emitter in %s", (name, tracing) =>
      expectNone(insideCompiler(files, COMPILERS[name]!, tracing(every)), atLeast),
    );
  });
});

function expectNone({ right, lost, wrong }: Difference, atLeast: number): void {
  expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
  expect(right).toBeGreaterThan(atLeast);
}
