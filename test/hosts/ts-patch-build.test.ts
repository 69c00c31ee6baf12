import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { build, makeFolder, makeProject } from "./project.ts";

/** What a build by the real `tspc` says, and what it leaves behind. */

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compilerOptions = { module: "nodenext", target: "es2022", declaration: false, sourceMap: false };

describe("what is wrong", async () => {
  const project = makeProject(
    join(folder, "reports"),
    { type: "module", compilerOptions: { ...compilerOptions, noEmitOnError: false } },
    {
      "wrong.ts": "export {};\n// @trace { nam: 1 }\nexport function traced() {}\n",
      "bodiless.ts": "// @trace\nexport declare function outside(): void;\n",
      "broken.ts": "// @trace\nexport function ( {}\n",
    },
  );
  const { status, stdout, stderr } = await build(project, "tspc");

  test("fails the build at the place of the mark, and says what to do", () => {
    expect(status).toBe(2);
    expect(stdout).toContain(
      "src/wrong.ts(2,13): error TS101003: SW1003: unknown option `nam`; did you mean `name`?\n  The options are name,",
    );
  });

  test("does not keep the file from being traced", () => {
    expect(readFileSync(join(project, "traced/wrong.js"), "utf8")).toContain("__sw0.open(");
  });

  test("is counted in the line after the build", () => {
    expect(stderr).toContain("spanwright: 1 file, 1 function, 1 warning, 1 error\n");
  });

  test("goes to stderr when it is a warning", () => {
    expect(stderr).toContain("src/bodiless.ts:1:1 - warning SW1009");
    expect(stdout).not.toContain("SW1009");
  });

  test("is the compiler's to report when the file does not parse", () => {
    expect(stdout).toMatch(/src\/broken\.ts\(2,\d+\): error TS1\d{3}:/);
    expect(stdout + stderr).not.toContain("SW1001");
  });
});

test("an option that does not exist ends the build with what exists", async () => {
  const plugin = { selec: "all" };
  const project = makeProject(join(folder, "option"), { type: "module", compilerOptions, plugin }, { "a.ts": "" });
  const { status, stderr } = await build(project, "tspc");
  expect(status).not.toBe(0);
  expect(stderr).toContain("SW3001: unknown option `selec` of spanwright/ts-patch; did you mean `select`?");
});

test("with `strict`, a glob that matches nothing fails the build at its end", async () => {
  const plugin = { strict: true, exclude: "test/**", summary: false };
  const project = makeProject(join(folder, "strict"), { type: "module", compilerOptions, plugin }, { "a.ts": "" });
  const { status, stderr } = await build(project, "tspc");
  expect(stderr).toMatch(/^spanwright: error SW3004: the glob "test\/\*\*" of `exclude` at spanwright\/ts-patch .*\n$/);
  expect(status).toBe(2);
});
