import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { packInto, root } from "./tarball.ts";

/** A new user's project: what the README's first steps make, with the packed package in the registry's place. */
const project = mkdtempSync(join(tmpdir(), "spanwright-newcomer-"));

const node22 = join(root, "test/compat/node22");

const FILES = {
  "package.json": { private: true, type: "module" },
  "tsconfig.json": {
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      strict: true,
      skipLibCheck: false,
      rootDir: "src",
      outDir: "dist",
      plugins: [{ transform: "spanwright/ts-patch" }],
    },
    include: ["src"],
  },
};

const PROGRAM = `// @trace
async function greet(name: string): Promise<string> {
  return \`Hello, \${await shout(name)}!\`;
}

// @trace { spanType: "TOOL" }
async function shout(text: string): Promise<string> {
  return text.toUpperCase();
}

console.log(await greet("world"));
`;

beforeAll(() => {
  for (const [name, content] of Object.entries(FILES)) writeFileSync(join(project, name), JSON.stringify(content));
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "src/main.ts"), PROGRAM);
  run("npm", ["install", packInto(project), "@opentelemetry/api@1"]);
  run("npm", ["install", "--save-dev", "typescript@6", "ts-patch@4", "@types/node@24"]);
}, 300_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

test("the installed tree has no missing and no conflicting packages", () => {
  expect(() => run("npm", ["ls", "--all"])).not.toThrow();
});

test("tspc compiles a marked program with the package's declarations checked", () => {
  expect(run("npx", ["tspc"])).toBe("");
});

describe.each([
  { version: "v24", bin: dirname(process.execPath), available: true },
  // The package that brings Node 22 is made for one platform; elsewhere its test is skipped.
  {
    version: "v22",
    bin: join(node22, "node_modules/.bin"),
    available: `${process.platform}-${process.arch}` === "linux-x64",
  },
])("under Node $version", ({ version, bin, available }) => {
  const env = { ...process.env, NODE_ENV: "development", PATH: `${bin}${delimiter}${process.env.PATH}` };

  beforeAll(() => {
    if (available) execFileSync(process.execPath, [join(root, "tools/install.mjs"), node22], { stdio: "pipe" });
  }, 120_000);
  beforeEach(() => rmSync(join(project, ".spanwright"), { recursive: true, force: true }));

  test.runIf(available).each([
    ["built", ["dist/main.js"]],
    ["loaded without a build", ["--import", "spanwright/register", "src/main.ts"]],
  ])("the program, %s, prints what it would untraced, and its trace is shown", (_how, args) => {
    expect(run("node", ["--version"], env)).toMatch(version);
    expect(run("node", args, env)).toBe("Hello, WORLD!\n");
    expect(run("npx", ["spanwright", "show"], env)).toMatch(/greet[\s\S]*shout/);
  });
});

function run(command: string, args: readonly string[], env = process.env): string {
  return execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: "pipe", env });
}
