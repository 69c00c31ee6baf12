import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");

let files: readonly string[];

beforeAll(() => {
  const report = execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: root, encoding: "utf8", stdio: "pipe" });
  const packed: readonly [{ files: readonly { path: string }[] }] = JSON.parse(report);
  files = packed[0].files.map((file) => file.path);
});

test("the package holds the built modules, their declarations and three texts", () => {
  const known = /^(dist\/((cjs|browser)\/)?(runtime|transformer|cli)\/[\w/-]+(\.d\.ts|\.js)|dist\/cjs\/package\.json)$/;
  const texts = ["LICENSE", "README.md", "package.json"];
  expect(files.filter((file) => !known.test(file) && !texts.includes(file))).toEqual([]);
});

test("every module in the package has its declarations", () => {
  const undeclared = files.filter((file) => file.endsWith(".js") && !files.includes(file.replace(/\.js$/, ".d.ts")));
  expect(undeclared).toEqual([]);
});

test("the package holds its licence and its readme", () => {
  expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md"]));
});
