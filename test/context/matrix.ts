/** Runs the table of programs in one combination, with one set of OpenTelemetry's packages, on one Node. */

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";
import { workFolder } from "../programs.ts";
import { COMBINATIONS } from "./programs/combinations.ts";
import type { Need, Observed, Program } from "./programs/program.ts";
import { PROGRAMS } from "./programs/programs.ts";

const root = join(import.meta.dirname, "../..");
const sources = join(import.meta.dirname, "programs");

/** Packages of OpenTelemetry that go together. */
export interface PackageSet {
  /** The folder whose `node_modules` holds them. */
  readonly folder: string;
  /** The folder whose `node_modules` holds the copy of the API that spanwright loads; the same one when absent. */
  readonly apiOfSpanwright?: string;
  readonly offers: readonly Need[];
}

/** Tests that every program does in a combination what its row says. */
export function testCombinations(set: PackageSet, node: string): void {
  let folder = "";
  beforeAll(() => {
    folder = programsWith(set);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(Object.entries(COMBINATIONS))("with %s", (name, combination) => {
    const offered = combination.offers.filter((need) => set.offers.includes(need));
    let observed: Outcome["observed"] = {};
    beforeAll(() => {
      const outcome = observe(node, folder, name, offered);
      expect(outcome.stderr).toBe("");
      observed = outcome.observed;
    });

    test.each(fitting(offered))("$name", ({ name, notes, spans }) => {
      expect(observed[name]).toEqual({ notes, spans });
    });
  });
}

/** The programs that mean something where this is offered. */
export function fitting(offered: readonly Need[]): readonly Program[] {
  return PROGRAMS.filter(({ needs }) => needs === undefined || offered.includes(needs));
}

/** What a run of the programs showed. */
export interface Outcome {
  /** By the program's name. */
  readonly observed: Readonly<Record<string, Observed>>;
  readonly stderr: string;
}

/** Runs the fitting programs in a combination, in a process of its own. */
export function observe(node: string, folder: string, combination: string, offered: readonly Need[]): Outcome {
  const preload = COMBINATIONS[combination]?.preload;
  const before = preload === undefined ? [] : ["--import", `./${preload}`];
  const { NODE_ENV: _, NODE_OPTIONS: __, ...env } = process.env;
  const args = [...before, "main.js", combination, ...offered];
  const { stdout, stderr, status } = spawnSync(node, args, { cwd: folder, env, encoding: "utf8", timeout: 25_000 });
  if (status !== 0) throw new Error(`${combination} ended with ${status}: ${stderr}`);
  return { observed: JSON.parse(stdout), stderr };
}

/** A folder with the programs, built, where the set's packages and one copy of spanwright are found. */
export function programsWith(set: PackageSet): string {
  const folder = workFolder("context");
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "spanwright"), { recursive: true });
  symlinkSync(join(set.folder, "node_modules/@opentelemetry"), join(modules, "@opentelemetry"), "junction");
  // A copy, and no link: what it imports is looked up from here.
  for (const part of ["package.json", "dist"]) {
    cpSync(join(root, part), join(modules, "spanwright", part), { recursive: true });
  }
  if (set.apiOfSpanwright !== undefined) {
    const own = join(modules, "spanwright/node_modules/@opentelemetry");
    mkdirSync(own, { recursive: true });
    symlinkSync(join(set.apiOfSpanwright, "node_modules/@opentelemetry/api"), join(own, "api"), "junction");
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  for (const file of readdirSync(sources)) writeFileSync(join(folder, `${basename(file, ".ts")}.js`), built(file));
  return folder;
}

function built(file: string): string {
  const source = readFileSync(join(sources, file), "utf8");
  const { code } = instrument(source, file) ?? { code: source };
  return ts.transpileModule(code, {
    fileName: file,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      rewriteRelativeImportExtensions: true,
    },
  }).outputText;
}
