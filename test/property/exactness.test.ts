import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import * as compiled from "../../runtime/compiled.ts";
import { getCurrentActiveSpan, init, withSpan } from "../../runtime/index.ts";
import { instrument } from "../../transformer/instrument.ts";
import { record, takeSpans } from "../runtime/recorded.ts";
import { compile } from "../transformer/emitters.ts";
import { instrumentChecked } from "../transformer/harness.ts";
import { drive } from "./driver.ts";
import { program } from "./programs.ts";

/**
 * Programs made at random do traced what they do untraced, and leave the context as it was. `FUZZ_RUNS=10000`
 * runs more of them, from a seed of its own that is printed; `FUZZ_SEED` runs the same ones again.
 */
const { FUZZ_RUNS, FUZZ_SEED } = process.env;
const seed = FUZZ_SEED ? Number(FUZZ_SEED) : FUZZ_RUNS ? Date.now() | 0 : 20_261_124;
const numRuns = Number(FUZZ_RUNS ?? 250);
/** Time that a long run may take, in milliseconds for a program. */
const PATIENCE = 100;

/** Programs that were different once, made small. */
const FOUND: Readonly<Record<string, string>> = {
  "an async generator that throws in a `for await` over what cannot be closed": `
    entries.push(async function* () { for await (const item of [1]) { yield item; throw 2; } });`,
};

test.each(Object.entries(FOUND))("%s", async (_name, text) => {
  await expectExact(text);
  await expectTreeExact(text);
});

test(`generated programs, seed ${seed}`, { timeout: 60_000 + numRuns * PATIENCE }, async () => {
  let spans = 0;
  await check(numRuns, async (text) => {
    await expectExact(text);
    spans += takeSpans().length;
  });
  expect(spans).toBeGreaterThan(numRuns);
});

test(`generated programs, traced by the tree emitter, seed ${seed}`, { timeout: 60_000 + numRuns * PATIENCE }, () =>
  check(Math.ceil(numRuns / 4), expectTreeExact),
);

test(`the text of generated programs, seed ${seed}`, { timeout: 60_000 + numRuns * PATIENCE }, () =>
  check(Math.ceil(numRuns / 4), async (text) => {
    instrumentChecked(text, "program.cjs", { select: "all" });
  }),
);

async function expectExact(text: string): Promise<void> {
  const traced = instrument(text, "program.cjs", { select: "all" })?.code ?? "";
  const expected = await recorded(text);
  expect(await off(traced)).toEqual(expected);
  expect(await recorded(traced)).toEqual(expected);
}

async function expectTreeExact(text: string): Promise<void> {
  const options = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.CommonJS };
  const expected = await recorded(compile("untraced", text, "program.cjs", options).code);
  expect(await recorded(compile("tree", text, "program.cjs", options).code)).toEqual(expected);
}

async function check(numRuns: number, property: (text: string) => Promise<void>): Promise<void> {
  const told = await fc.check(fc.asyncProperty(program, property), { seed, numRuns });
  if (!told.failed) return;
  const [text] = told.counterexample ?? [];
  throw new Error(`FUZZ_SEED=${told.seed} finds it again:\n\n${text}`, { cause: told.errorInstance });
}

/** Runs a program, traced or not, in a process that records. */
function recorded(text: string): Promise<string[]> {
  record();
  const undisturbed = () => getCurrentActiveSpan()?.name === "around";
  return withSpan(() => drive(text, { undisturbed, require: () => compiled }), { name: "around" });
}

/** Traced, with tracing off: there is no context to disturb. */
function off(text: string): Promise<string[]> {
  init({ enabled: false });
  return drive(text, { undisturbed: () => true, require: () => compiled });
}
