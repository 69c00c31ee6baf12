import { spawnSync } from "node:child_process";
import { cpSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installed } from "../installed.ts";
import { workFolder, write } from "../programs.ts";

/** The project of docs/testing.md, with a real Jest. */
const root = join(import.meta.dirname, "../..");
const folder = workFolder("jest");

beforeAll(() => {
  const compat = installed("testing-jest");
  const modules = join(compat, "node_modules");
  for (const part of ["dist", "package.json"]) cpSync(join(root, part), join(modules, "spanwright", part), { recursive: true }); // biome-ignore format: one line
  cpSync(join(compat, "project"), folder, { recursive: true });
  symlinkSync(modules, join(folder, "node_modules"), "junction");
  const jest = { setupFilesAfterEnv: ["./jest.setup.js"] };
  write(folder, [{ name: "package.json", text: JSON.stringify({ type: "commonjs", jest }) }]);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("its tests pass, matchers included", () => {
  const jest = join(folder, "node_modules/jest/bin/jest.js");
  const { stderr } = spawnSync(process.execPath, [jest, "--ci"], { cwd: folder, encoding: "utf8" });
  expect(stderr).toContain("Tests:       2 passed, 2 total");
}, 120_000);

test("the matchers are typed, for the global expect and for that of @jest/globals", () => {
  const options = "--ignoreConfig --noEmit --strict --target es2023 --module nodenext --skipLibCheck --types jest";
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const command = [compiler, ...options.split(" "), "types.ts", "span-matchers.d.ts"];
  expect(spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" }).stdout).toBe("");
}, 120_000);
