import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith } from "./project.ts";
import { spanwright } from "./spanwright.ts";

const files = {
  "src/add.ts":
    "// @trace\nexport function add(x: number) { return x + 1; }\n\nclass Box {\n  // @trace\n  get() {}\n}\n",
  "src/plain.ts": "export const plain = 1;\n",
  "node_modules/other/index.js": "// @trace\nexport function other() {}\n",
};
const dangling = { "src/bad.ts": "// @trace\nexport const answer = 42;\n" };
const warned = { "src/warned.ts": "// @Trace\nexport function misspelt() {}\n" };

test("every function that would be traced is listed", () => {
  expect(spanwright(folderWith(files), ["check"])).toEqual({
    status: 0,
    stdout: "src/add.ts:2  add\nsrc/add.ts:6  Box.get\nspanwright: 1 file, 2 functions\n",
    stderr: "",
  });
});

test("a dangling mark is an error with its place", () => {
  const { status, stdout } = spanwright(folderWith({ ...files, ...dangling }), ["check"]);
  expect(status).toBe(1);
  expect(stdout).toContain("src/bad.ts:1:1 - error SW1002");
  expect(stdout).toContain("  1 | // @trace\n      ^");
});

test("a misspelt mark is a warning, and an error when strict", () => {
  const folder = folderWith({ ...files, ...warned });
  expect(spanwright(folder, ["check"])).toMatchObject({ status: 0, stdout: expect.stringContaining("warning SW10") });
  expect(spanwright(folder, ["check", "--strict"])).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("error SW10"),
  });
});

test("annotations name file, line and column, and escape what ends them", () => {
  const { stdout } = spanwright(folderWith(dangling), ["check", "--format", "github"]);
  expect(stdout).toMatch(/^::error file=src\/bad\.ts,line=1,col=1,title=SW1002::this mark stands above no function%0A/);
});

test("JSON holds functions and diagnostics", () => {
  const { status, stdout } = spanwright(folderWith({ ...files, ...dangling }), ["check", "--format", "json"]);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    functions: [
      { file: "src/add.ts", name: "add", line: 2 },
      { file: "src/add.ts", name: "get", qualified: "Box.get" },
    ],
    diagnostics: [{ code: "SW1002", file: "src/bad.ts", line: 1, column: 1 }],
  });
});

test("the list of functions is written where it was asked for", () => {
  const folder = folderWith(files);
  mkdirSync(join(folder, "elsewhere"));
  spanwright(join(folder, "elsewhere"), ["check", "..", "--sites", "sites.json"]);
  const { files: sites } = JSON.parse(readFileSync(join(folder, "elsewhere/sites.json"), "utf8"));
  expect(sites).toHaveLength(1);
});

test("paths and the options of package.json say what is looked at", () => {
  const folder = folderWith({ ...files, ...dangling, "package.json": { spanwright: { exclude: "src/bad.ts" } } });
  expect(spanwright(folder, ["check"]).status).toBe(0);
  const all = folderWith({ ...files, "package.json": { spanwright: { select: "all" } } });
  expect(spanwright(all, ["check", "src/plain.ts"]).stdout).toBe("spanwright: 0 files, 0 functions\n");
});

test("a glob that matches nothing is said", () => {
  const folder = folderWith({ ...files, "package.json": { spanwright: { include: "scr/**" } } });
  expect(spanwright(folder, ["check"]).stdout).toContain("warning SW3004");
});

test.each([
  [["--format", "xml"], 2, "SW3501"],
  [["missing.ts"], 1, "SW3516"],
])("%j is refused", (args, status, code) => {
  const refused = spanwright(folderWith(files), ["check", ...args]);
  expect(refused.stderr).toContain(code);
  expect(refused.status).toBe(status);
});
