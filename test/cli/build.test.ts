import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { nextLine } from "../lines.ts";
import { type Files, folderWith, projectWith } from "./project.ts";
import { cli, spanwright } from "./spanwright.ts";

const options = {
  rootDir: "src",
  outDir: "out",
  module: "nodenext",
  target: "es2022",
  declaration: true,
  sourceMap: true,
  strict: true,
  types: [],
};

const tsconfig = (more: object = {}) => ({ compilerOptions: { ...options, ...more }, include: ["src"] });

const main = `import { Account } from "./account.js";

interface Order { amount: number }

// @trace { name: "place an order" }
async function order({ amount }: Order): Promise<number> {
  return await new Account(10).withdraw(amount);
}

await order({ amount: 4 });
await order({ amount: 40 }).catch((error: Error) => console.log(error.stack?.split("\\n", 2).join("")));
`;

const account = `/** What is left of it. */
export class Account {
  constructor(private balance: number) {}

  // @trace
  async withdraw(amount: number): Promise<number> {
    if (amount > this.balance) throw new RangeError(\`only \${this.balance} left\`);
    return (this.balance -= amount);
  }
}
`;

const files: Files = {
  "package.json": { type: "module" },
  "tsconfig.json": tsconfig(),
  "src/main.ts": main,
  "src/account.ts": account,
};

const read = (folder: string, file: string) => readFileSync(join(folder, file), "utf8");
const run = (folder: string, ...flags: string[]) =>
  spawnSync(process.execPath, [...flags, "out/main.js"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NODE_ENV: "" },
  });

test("what the compiler wrote is traced, by the sources' lines, and its maps lead to the sources", () => {
  const folder = projectWith({ ...files, "package.json": { type: "module", spanwright: { sites: "sites.json" } } });
  const { status, stdout, stderr } = spanwright(folder, ["build"]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "spanwright: 2 files, 2 functions\n" });
  const { files: sites } = JSON.parse(read(folder, "sites.json"));
  expect(sites).toMatchObject([
    { file: "src/account.ts", functions: [{ name: "withdraw", qualified: "Account.withdraw", line: 6 }] },
    { file: "src/main.ts", functions: [{ name: "order", line: 6 }] },
  ]);
  expect(run(folder, "--enable-source-maps").stdout).toMatch(/^RangeError: only 10 left .*src\/account\.ts:7:38\)\n$/);
  const tree = spanwright(folder, ["show"]).stdout;
  expect(tree).toContain("✗ place an order");
  expect(tree).toContain("└─ ✗ withdraw");
});

test.each(["module", "commonjs"])("calls of `trace` are found in what the compiler makes of them (%s)", (type) => {
  const called = `import { trace } from "spanwright";
import * as sw from "spanwright";

const topic = "stars";
export const answer = trace(async (question: string) => \`\${question} 42\`, { attributes: { topic } });
const half = sw.trace((x: number) => x / 2, { name: "halve" });
function both(x: number) {
  trace({ spanType: "TOOL" });
  return half(x) + half(x);
}

answer("6 * 7?").then((text) => console.log(text, both(4), half.name));
`;
  const folder = projectWith({
    "package.json": { type },
    "tsconfig.json": tsconfig({ skipLibCheck: true, lib: ["es2022", "dom"] }),
    "src/main.ts": called,
  });
  const { status, stdout, stderr } = spanwright(folder, ["build"]);
  const said = "spanwright: 1 file, 3 functions\n";
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: said });
  expect(run(folder).stdout).toBe("6 * 7? 42 4 half\n");
  const shown = spanwright(folder, ["show", "--last", "9"]).stdout;
  expect(shown).toContain("question: '6 * 7?' → '6 * 7? 42'");
  expect(shown).toMatch(/─ halve .*\n.*x: 4 → 2/);
});

test("declarations are the compiler's own, and a second build leaves every file alone", () => {
  const folder = projectWith({ ...files, "tsconfig.json": tsconfig({ incremental: true }) });
  spanwright(folder, ["build"]);
  const traced = read(folder, "out/account.js");
  const { mtimeMs } = statSync(join(folder, "out/account.js"));
  expect(spanwright(folder, ["build"])).toMatchObject({ status: 0, stderr: "spanwright: 2 files, 2 functions\n" });
  expect(read(folder, "out/account.js")).toBe(traced);
  expect(statSync(join(folder, "out/account.js")).mtimeMs).toBe(mtimeMs);
  const compiler = join(folder, "node_modules/typescript/bin/tsc");
  spawnSync(process.execPath, [compiler, "--incremental", "false", "--outDir", "plain"], { cwd: folder });
  expect(read(folder, "out/account.d.ts")).toBe(read(folder, "plain/account.d.ts"));
});

describe("maps", () => {
  test.each([
    ["inline", { sourceMap: false, inlineSourceMap: true }, "src/account.ts:7:38"],
    ["with the sources inside", { inlineSources: true }, "src/account.ts:7:38"],
    ["with a root for the sources", { sourceRoot: "../src/" }, "src/account.ts:7:38"],
    // Without a map, positions are those of what runs.
    ["none", { sourceMap: false }, "out/account.js:10:19"],
  ])("%s", (_, more, position) => {
    const folder = projectWith({ ...files, "tsconfig.json": tsconfig(more) });
    expect(spanwright(folder, ["build"]).status).toBe(0);
    expect(run(folder, "--enable-source-maps").stdout).toContain(position);
    expect(read(folder, "out/account.js")).toContain(
      '"src/account.ts", [{"name":"withdraw","qualified":"Account.withdraw","line":6',
    );
  });
});

test("marks that the compiler leaves out are errors at the source", async () => {
  const folder = projectWith({ ...files, "tsconfig.json": tsconfig({ removeComments: true }) });
  const { status, stderr } = spanwright(folder, ["build"]);
  expect(status).toBe(2);
  const said = stderr
    .replaceAll(`${folder}/`, "")
    .replace(/^spanwright: .*\n/m, "")
    .trimEnd();
  const file = join(import.meta.dirname, "../golden/diagnostics/SW1020/diagnostics.txt");
  await expect(`${said}\n`).toMatchFileSnapshot(file);
});

test("what is wrong with a mark is said of the source, once", () => {
  const folder = projectWith({ ...files, "src/account.ts": account.replace("// @trace", "// @trace { nmae: 1 }") });
  const { status, stderr } = spanwright(folder, ["build"]);
  expect(status).toBe(2);
  expect(stderr.match(/error SW\d+/g)).toEqual(["error SW1003"]);
  expect(stderr).toContain("src/account.ts:5:15 - error SW1003");
});

test("the compiler's exit code and words are its own", () => {
  const folder = projectWith({ ...files, "src/main.ts": `${main}const wrong: string = 1;\n` });
  const { status, stdout } = spanwright(folder, ["build", "--noEmitOnError", "false"]);
  expect(status).toBe(2);
  expect(stdout).toContain("error TS2322");
  expect(run(folder).status).toBe(0);
});

test("projects that refer to each other are all built and traced", () => {
  const part = (name: string, references: object[] = []) => ({
    [`${name}/tsconfig.json`]: {
      compilerOptions: { ...options, composite: true },
      include: ["src"],
      references,
    },
  });
  const folder = projectWith({
    "package.json": { type: "module" },
    "tsconfig.json": { files: [], references: [{ path: "app" }] },
    ...part("lib"),
    ...part("app", [{ path: "../lib" }]),
    "lib/src/account.ts": account,
    "app/src/main.ts": main.replace("./account.js", "../../lib/out/account.js"),
  });
  expect(spanwright(folder, ["build", "-b"])).toMatchObject({
    status: 0,
    stderr: "spanwright: 2 files, 2 functions\n",
  });
  expect(read(folder, "lib/out/account.js")).toContain('"lib/src/account.ts"');
  expect(read(folder, "app/out/main.js")).toContain('"app/src/main.ts"');
});

test("scripts beside their sources are traced, and other scripts left alone", () => {
  const { outDir: _, rootDir: __, ...beside } = options;
  const folder = projectWith({
    ...files,
    "tsconfig.json": { compilerOptions: beside, include: ["src"] },
    "src/tool.js": "// @trace\nexport function tool() {}\n",
  });
  expect(spanwright(folder, ["build"])).toMatchObject({ status: 0, stderr: "spanwright: 2 files, 2 functions\n" });
  expect(read(folder, "src/tool.js")).toBe("// @trace\nexport function tool() {}\n");
});

test("include, exclude and select go by the sources", () => {
  const spanwrightOptions = { select: "all", exclude: "src/main.ts" };
  const folder = projectWith({ ...files, "package.json": { type: "module", spanwright: spanwrightOptions } });
  expect(spanwright(folder, ["build"]).stderr).toBe("spanwright: 1 file, 2 functions\n");
  expect(read(folder, "out/main.js")).not.toContain("spanwright/runtime");
});

test("a watching compiler's output is traced again after every change", async () => {
  const folder = projectWith(files);
  const watching = spawn(process.execPath, [cli, "build", "--watch"], {
    cwd: folder,
    stdio: ["pipe", "ignore", "pipe"],
  });
  try {
    await nextLine(watching.stderr, "spanwright: 2 files, 2 functions");
    const changed = nextLine(watching.stderr, "spanwright: 2 files, 3 functions");
    writeFileSync(join(folder, "src/account.ts"), `${account}// @trace\nexport function added() {}\n`);
    await changed;
    expect(read(folder, "out/account.js")).toContain('"name":"added"');
  } finally {
    watching.kill();
    await once(watching, "close");
  }
});

test.each<[string, Files, string[], number, string]>([
  ["no project", {}, [], 1, "SW3510"],
  ["a project that cannot be read", { "tsconfig.json": { extends: "./missing.json" } }, [], 1, "SW3510"],
  ["a file in place of a project", { "tsconfig.json": tsconfig() }, ["src/main.ts"], 1, "SW3511"],
  ["a project that writes no JavaScript", { "tsconfig.json": tsconfig({ noEmit: true }) }, [], 1, "SW3512"],
  ["no compiler", { "tsconfig.json": tsconfig() }, [], 1, "SW3513"],
])("%s is refused", (_, given, args, status, code) => {
  const refused = spanwright(folderWith(given), ["build", ...args]);
  expect(refused.stderr).toContain(`spanwright: ${code}: `);
  expect(refused.status).toBe(status);
});

test("an option that does not exist is refused before anything is built", () => {
  const folder = projectWith({ ...files, "package.json": { type: "module", spanwright: { slect: "all" } } });
  const { status, stderr } = spanwright(folder, ["build"]);
  expect(status).toBe(1);
  expect(stderr).toContain("SW3001");
  expect(stderr).toContain("`select`");
});

test("what the compiler does beside building is left to it", () => {
  const folder = projectWith(files);
  const { status, stdout } = spanwright(folder, ["build", "--version"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Version \d/);
});
