import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const project = mkdtempSync(join(tmpdir(), "spanwright-one-copy-"));

beforeAll(() => {
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules/spanwright"), "junction");
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

test.each([
  ["import", "import", `await import("spanwright/runtime")`, `await import("spanwright")`],
  ["import", "require", `await import("spanwright/runtime")`, `require("spanwright")`],
  ["require", "import", `require("spanwright/runtime")`, `await import("spanwright")`],
  ["require", "require", `require("spanwright/runtime")`, `require("spanwright")`],
])("a span opened by compiled code that uses %s is current for a program that uses %s", (_a, _b, compiled, program) => {
  const outcome = run(`
    const { sites } = ${compiled};
    const { getCurrentActiveSpan } = ${program};
    const before = getCurrentActiveSpan();
    const frame = sites(2, "main.ts", [{ name: "main", line: 1 }])[0].open();
    const during = getCurrentActiveSpan();
    frame.end();
    console.log(before, during !== null, getCurrentActiveSpan());
  `);
  expect(outcome).toBe("null true null");
});

test("import and require give the very same functions", () => {
  const outcome = run(`
    const imported = await import("spanwright");
    const required = require("spanwright");
    console.log(Object.keys(imported).length > 0 && Object.keys(imported).every((name) => imported[name] === required[name]));
  `);
  expect(outcome).toBe("true");
});

/** What a program of the project prints; both `import` and `require` are at its hand. */
function run(program: string): string {
  const file = join(project, "main.mjs");
  writeFileSync(
    file,
    `import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\n${program}`,
  );
  const env = { ...process.env, NODE_ENV: "development" };
  return execFileSync(process.execPath, [file], { cwd: project, env, encoding: "utf8" }).trim();
}
