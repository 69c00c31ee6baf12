import { execFile, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RecordedSpan, readTraces } from "../examples/traces.ts";
import { installed } from "../installed.ts";
import { type ModelServer, startModelServer } from "../model-server.ts";
import { OPENAI_APIS } from "../openai/answers.ts";
import { workFolder, write } from "../programs.ts";
import { instrumentChecked } from "../transformer/harness.ts";
import { ANTHROPIC_APIS } from "./anthropic.ts";

/**
 * The programs of docs/integrations.md, and checks of what they leave out, streams and failures above all: with the
 * real packages, against servers that speak the real protocols.
 */
const root = join(import.meta.dirname, "../..");
const sources = join(root, "test/compat/integrations");
const programs = ["programs", "checks"].flatMap((kind) => readdirSync(join(sources, kind)).map((name) => `${kind}/${name}`)); // biome-ignore format: one list
const folder = workFolder("integrations");
let server: ModelServer;

beforeAll(async () => {
  const modules = join(installed("integrations"), "node_modules");
  // As it would be installed: beside the packages, so that all share one copy of OpenTelemetry's API.
  for (const part of ["dist", "package.json"]) cpSync(join(root, part), join(modules, "spanwright", part), { recursive: true }); // biome-ignore format: one line
  symlinkSync(modules, join(folder, "node_modules"), "junction");
  write(folder, [
    { name: "package.json", text: '{ "type": "module" }' },
    ...programs.map((name) => ({ name, text: traced(name) })),
  ]);
  server = await startModelServer({ ...OPENAI_APIS, ...ANTHROPIC_APIS });
}, 300_000);

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test("the programs compile with the types of the packages", () => {
  const options =
    "--ignoreConfig --noEmit --strict --target es2023 --module nodenext --skipLibCheck --types node".split(" ");
  const typeRoots = ["--typeRoots", join(root, "node_modules/@types")];
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const files = programs.map((name) => join(sources, name));
  const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...typeRoots, ...files], { encoding: "utf8" });
  expect(stdout).toBe("");
}, 120_000);

describe.each(programs)("%s", (program) => {
  test("leaves traces with the library's spans below the functions'", async () => {
    const store = join(folder, `${program.replace("/", "-")}.db`);
    const { NODE_ENV: _, NODE_OPTIONS: __, ...inherited } = process.env;
    const keys = { OPENAI_API_KEY: "none", ANTHROPIC_API_KEY: "none" };
    const places = { OPENAI_BASE_URL: `${server.url}/v1`, ANTHROPIC_BASE_URL: server.url };
    const env = { ...inherited, ...keys, ...places, SPANWRIGHT_STORE: store };
    const { stderr } = await promisify(execFile)(process.execPath, [join(folder, program)], { env });
    expect(stderr).toBe("");
    const drawing = readTraces(store).map(({ state, roots }) =>
      [`trace ${state}`, ...roots.flatMap(draw), ""].join("\n"),
    );
    await expect(drawing.join("\n")).toMatchFileSnapshot(join(import.meta.dirname, "traces", `${program}.txt`));
  }, 60_000);
});

function traced(name: string): string {
  const { code, diagnostics } = instrumentChecked(readFileSync(join(sources, name), "utf8"), name, {
    format: "module",
  });
  expect(diagnostics).toEqual([]);
  return code;
}

/** Names, types, inputs, outputs and tokens; other attributes are the library's own affair. */
function draw({ name, spanType, status, error, body, chunks, children }: RecordedSpan): string[] {
  const { "mlflow.chat.tokenUsage": tokens } = JSON.parse(body.attributesJson ?? "{}");
  const parts = { error, inputs: body.inputs, outputs: body.outputs, tokens: tokens && JSON.stringify(tokens), chunks };
  const lines = Object.entries(parts).flatMap(([part, value]) => (value ? [`${part}: ${value}`] : []));
  const all = [...lines, ...children.flatMap(draw)];
  return [`${name} (${spanType}): ${status}`, ...all.map((line) => `  ${line.replaceAll(server.url, "http://host")}`)];
}
