import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, projectWith } from "./project.ts";
import { spanwright } from "./spanwright.ts";

const add = "// @trace\nexport function add(x) {\n  if (x > 1) throw new Error('too much');\n  return x + 1;\n}\n";
const files = {
  "package.json": { type: "module" },
  "src/add.js": add,
  "src/main.js":
    'import { add } from "./add.js";\ntry { add(add(1)); } catch (error) { console.log(error.stack.split("\\n")[1].trim()); }\n',
  "src/data.json": "[1]",
  "src/node_modules/left/index.js": "",
};

test("a copy runs traced, and what was copied stays as it was", () => {
  const folder = projectWith(files);
  const { status, stderr } = spanwright(folder, ["instrument", "src", "build"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "spanwright: 1 file, 1 function\n" });
  expect(readFileSync(join(folder, "src/add.js"), "utf8")).toBe(add);
  expect(readFileSync(join(folder, "build/main.js"), "utf8")).toBe(files["src/main.js"]);
  expect(readFileSync(join(folder, "build/data.json"), "utf8")).toBe("[1]");
  expect(existsSync(join(folder, "build/node_modules"))).toBe(false);
  const env = { ...process.env, NODE_ENV: "" };
  const { stdout } = spawnSync(process.execPath, ["--enable-source-maps", "build/main.js"], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^at add \(.*\/src\/add\.js:3:20\)\n$/);
  expect(spanwright(folder, ["show"]).stdout).toContain("✗ add");
});

test("TypeScript stays TypeScript", () => {
  const folder = folderWith({ "src/add.ts": "// @trace\nexport const add = (x: number): number => x;\n" });
  expect(spanwright(folder, ["instrument", "src", "build"]).status).toBe(0);
  expect(readFileSync(join(folder, "build/add.ts"), "utf8")).toContain("(x: number): number => {");
});

test.each([
  [["src"], 2, "SW3501"],
  [["missing", "build"], 1, "SW3514"],
  [["src", "src/build"], 1, "SW3515"],
  [["src", "."], 1, "SW3515"],
])("%j is refused", (args, status, code) => {
  const refused = spanwright(folderWith(files), ["instrument", ...args]);
  expect(refused.stderr).toContain(code);
  expect(refused.status).toBe(status);
});

test("a wrong mark ends with 1", () => {
  const folder = folderWith({ "src/bad.js": "// @trace\nlet x = 1;\n" });
  const { status, stderr } = spanwright(folder, ["instrument", "src", "build"]);
  expect(status).toBe(1);
  expect(stderr).toContain("SW1002");
});
