import { describe, expect, test } from "vitest";
import { COMPILERS, PROJECT_COMPILER, TRACING_COMPILERS } from "./compilers.ts";
import { afterCompiler, alone, beforeCompiler, corpus, type Difference, insideCompiler, openai } from "./fidelity.ts";

const compile = COMPILERS[PROJECT_COMPILER]!;
const tracing = TRACING_COMPILERS[PROJECT_COMPILER]!;

describe.each([
  { name: "the corpus", files: corpus(), atLeast: 1500 },
  { name: "a part of the openai package", files: openai("core/*.ts"), atLeast: 1500 },
])("every identifier of $name is led where it is led untraced", ({ files, atLeast }) => {
  describe.each([
    { share: "every function", every: 1 },
    { share: "every third function", every: 3 },
  ] as const)("with $share traced", ({ every }) => {
    test.each<[string, () => Difference]>([
      ["by the text emitter", () => alone(files, every)],
      ["by the text emitter before TypeScript", () => beforeCompiler(files, every, compile)],
      ["by the text emitter after TypeScript", () => afterCompiler(files, every, compile)],
      ["by the tree emitter", () => insideCompiler(files, compile, tracing(every))],
    ])("%s", (_way, look) => {
      const { right, lost, wrong } = look();
      expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
      expect(right).toBeGreaterThan(atLeast);
    });
  });
});

test("every identifier of a file of any ending is led to itself by the text emitter", () => {
  const { right, lost, wrong } = alone(corpus("**/*.{js,mjs,cjs,jsx,ts,mts,cts,tsx}"), 1);
  expect({ lost, wrong }).toEqual({ lost: [], wrong: [] });
  expect(right).toBeGreaterThan(2000);
});
