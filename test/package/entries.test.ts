import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

type Target = string | { readonly [condition: string]: Target };

const root = join(import.meta.dirname, "../..");
const manifest: { version: string; bin: { spanwright: string }; exports: { [entry: string]: Target } } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

test.each(Object.entries(manifest.exports))("every file that the entry %s names is built", (_entry, target) => {
  const missing = filesOf(target).filter((file) => !existsSync(join(root, file)));
  expect(missing).toEqual([]);
});

test("the command can be executed and knows the package's version", () => {
  const command = join(root, manifest.bin.spanwright);
  accessSync(command, constants.X_OK);
  expect(node(command, "--version")).toContain(manifest.version);
});

test.each([
  ["spanwright", "trace"],
  ["spanwright/runtime", "sites"],
  ["spanwright/openai", "autolog"],
  ["spanwright/langchain", "tracingHandler"],
  ["spanwright/testing", "recordTraces"],
])("%s can be required where ES modules cannot", (entry, name) => {
  const program = `console.log(typeof require("${entry}").${name})`;
  expect(node("--no-experimental-require-module", "-e", program)).toBe("function");
});

test.each(["spanwright/ts-patch", "spanwright/transformers", "spanwright/transformer"])(
  "%s gives the same names to import and to require",
  (entry) => {
    const program = `import("${entry}").then((imported) => {
    const names = (module) => Object.keys(module).filter((name) => !/^(__esModule|module\\.exports)$/.test(name)).sort();
    console.log(JSON.stringify([names(imported), names(require("${entry}"))]));
  })`;
    const [imported, required] = JSON.parse(node("-e", program));
    expect(imported).not.toEqual([]);
    expect(required).toEqual(imported);
  },
);

test("ts-patch is given a function", () => {
  expect(node("-e", `console.log(typeof require("spanwright/ts-patch").default)`)).toBe("function");
});

function filesOf(target: Target): string[] {
  return typeof target === "string" ? [target] : Object.values(target).flatMap(filesOf);
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" }).trim();
}
