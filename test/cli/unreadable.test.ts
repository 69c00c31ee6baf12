import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Files, projectWith } from "./project.ts";
import { spanwright } from "./spanwright.ts";

/** A file that cannot be read, as nobody can read a link to nothing, is said; the others are done as if it were not there. */

const add = "// @trace\nexport function add(x: number) {\n  return x + 1;\n}\n";
const files: Files = {
  "package.json": { type: "module" },
  "tsconfig.json": {
    compilerOptions: { rootDir: "src", outDir: "out", module: "nodenext", target: "es2022", types: [] },
    files: ["src/add.ts"],
  },
  "src/add.ts": add,
};

test.each([
  { args: ["check", "src"], unreadable: "src/gone.ts", status: 1, written: [] },
  { args: ["instrument", "src", "copy"], unreadable: "src/gone.ts", status: 1, written: ["copy/add.ts"] },
  { args: ["build"], unreadable: "out/gone.js", status: 2, written: ["out/add.js"] },
])("spanwright $args.0", ({ args, unreadable, status, written }) => {
  const folder = projectWith(files);
  mkdirSync(join(folder, "out"));
  symlinkSync("nothing", join(folder, unreadable));
  const done = spanwright(folder, args);
  expect(done.stdout + done.stderr).toMatch(new RegExp(`error SW3005: .*${unreadable} cannot be read: ENOENT`));
  expect(done.stdout + done.stderr).toContain("spanwright: 1 file, 1 function, 1 error");
  expect(done.status).toBe(status);
  for (const file of written) expect(readFileSync(join(folder, file), "utf8")).toContain('"spanwright/runtime"');
});
