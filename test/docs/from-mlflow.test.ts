import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";
import { drawTrace, readTraces } from "../examples/traces.ts";
import { workFolder, write } from "../programs.ts";

/** The TypeScript programs of docs/from-mlflow.md, run one after the other. */
const page = readFileSync(join(import.meta.dirname, "../../docs/from-mlflow.md"), "utf8");
const programs = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);
const folder = workFolder("from-mlflow");
const names = programs.map((_, number) => `program-${String(number).padStart(2, "0")}.ts`);

beforeAll(() => {
  write(folder, programs.map((text, number) => ({ name: `bare/${names[number]}`, text }))); // biome-ignore format: one call
  const files = programs.map((text, number) => {
    // Programs without a mark are left as they are.
    const built = instrument(text, names[number] ?? "", { format: "module" });
    expect(built?.diagnostics ?? []).toEqual([]);
    return { name: `traced/${names[number]}`, text: built?.code ?? text };
  });
  const all = names.map((name) => `await import("./${name}");`).join("\n");
  write(folder, [...files, { name: "traced/all.ts", text: all }]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every program runs, and leaves the traces that the golden file shows", async () => {
  const store = join(mkdtempSync(join(folder, "store-")), "traces.db");
  const { NODE_ENV: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const env = { ...inherited, SPANWRIGHT_STORE: store };
  const { stderr, status } = spawnSync(process.execPath, [join(folder, "traced/all.ts")], { env, encoding: "utf8" });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  const drawn = readTraces(store).map(drawTrace).join("\n\n");
  await expect(`${drawn}\n`).toMatchFileSnapshot(join(import.meta.dirname, "from-mlflow.txt"));
});

test("every program compiles, with the package's types", () => {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    skipLibCheck: true,
    types: ["node"],
  };
  const program = ts.createProgram(names.map((name) => join(folder, "bare", name)), options); // biome-ignore format: one call
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => [file?.fileName, messageText]);
  expect(problems).toEqual([]);
});

test("every heading that has Python has our program too, or says where it is", () => {
  const without = page
    .split(/^## /m)
    .filter((section) => section.includes("```python") && !section.includes("```ts"))
    .map((section) => section.slice(0, section.indexOf("\n")));
  expect(without).toEqual(["Automatic tracing"]);
});
