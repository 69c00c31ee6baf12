import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packInto, root } from "./tarball.ts";

const folder = mkdtempSync(join(tmpdir(), "spanwright-lint-"));
let tarball: string;

beforeAll(() => {
  tarball = packInto(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["publint finds nothing in the package", "publint/src/cli.js", ["--strict"]],
  [
    "every entry has the right types however it is loaded",
    "@arethetypeswrong/cli/dist/index.js",
    // node16: "exports" is all there is, and the oldest resolution of TypeScript does not read it.
    // cjs-resolves-to-esm: spanwright/transformer is an ES module only; every Node that `engines` allows requires it.
    ["--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm", "--no-emoji", "--no-color"],
  ],
])("%s", (_behaviour, command, options) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "node_modules", command), tarball, ...options],
    { encoding: "utf8" },
  );
  expect(status, stdout + stderr).toBe(0);
});
