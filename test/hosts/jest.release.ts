import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installed } from "../installed.ts";
import { recordedSpans, run } from "./fixture.ts";

/** Real runs of Jest: the same tests by the other transformer alone, and with spanwright in front of it. */

const root = join(import.meta.dirname, "../..");
mkdirSync(join(root, "test/.tmp"), { recursive: true });
const folder = mkdtempSync(join(root, "test/.tmp/jest-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let packages: string;
beforeAll(() => {
  packages = installed("jest");
}, 300_000);

const MODES = {
  CommonJS: { type: "commonjs", flags: [], module: "commonjs", config: {} },
  "ES modules": {
    type: "module",
    flags: ["--experimental-vm-modules"],
    module: "esnext",
    config: { extensionsToTreatAsEsm: [".ts"] },
  },
} as const;
type Mode = (typeof MODES)[keyof typeof MODES];

const tsconfig = (module: string) => ({
  target: "es2022",
  module,
  moduleResolution: "bundler",
  strict: true,
  skipLibCheck: true,
  types: [],
});
const tsJest = ({ module }: Mode) => ({ useESM: module === "esnext", tsconfig: tsconfig(module) });
const spanwright = (transformer: string, transformerConfig: object) =>
  ["spanwright/jest", { include: "src/**", transformer, transformerConfig }] as const;

/** Who compiles: alone, and with the spans. */
const COMPILERS: Readonly<Record<string, (mode: Mode) => readonly [plain: unknown, traced: unknown]>> = {
  "ts-jest": (mode) => [["ts-jest", tsJest(mode)], spanwright("ts-jest", tsJest(mode))],
  "ts-jest, isolatedModules": (mode) => {
    const config = {
      ...tsJest(mode),
      tsconfig: { ...tsconfig(mode.module), isolatedModules: true },
      transpilation: true,
    };
    return [["ts-jest", config], spanwright("ts-jest", config)];
  },
  "ts-jest, by its own astTransformers": (mode) => {
    const before = [{ path: "spanwright/transformers", options: { include: "src/**" } }];
    return [
      ["ts-jest", tsJest(mode)],
      ["ts-jest", { ...tsJest(mode), astTransformers: { before } }],
    ];
  },
  "@swc/jest": () => {
    const config = { jsc: { parser: { syntax: "typescript" }, target: "es2022" } };
    return [["@swc/jest", config], spanwright("@swc/jest", config)];
  },
  "babel-jest": ({ module }) => {
    const commonjs = module === "commonjs" ? ["@babel/plugin-transform-modules-commonjs"] : [];
    const config = { babelrc: false, configFile: false, presets: ["@babel/preset-typescript"], plugins: commonjs };
    return [["babel-jest", config], spanwright("babel-jest", config)];
  },
};

interface Outcome {
  readonly numPassedTests: number;
  readonly messages: readonly string[];
  readonly coverage: unknown;
  readonly stderr: string;
}

/** Runs the tests of the fixture in a folder of its own. */
async function runJest(name: string, { type, flags, config }: Mode, transform: unknown, env = {}): Promise<Outcome> {
  const project = join(folder, name.replaceAll(/\W+/g, "-"));
  cpSync(join(root, "test/fixtures/jest"), project, { recursive: true });
  symlinkSync(join(packages, "node_modules"), join(project, "node_modules"), "junction");
  writeFileSync(join(project, "package.json"), JSON.stringify({ type }));
  const configuration = {
    ...config,
    rootDir: project,
    transform: { "\\.[cm]?[jt]sx?$": transform },
    // Where spanwright is installed, it lies in node_modules, which Jest does not compile.
    transformIgnorePatterns: ["/node_modules/", "/dist/"],
    setupFilesAfterEnv: ["<rootDir>/setup.ts"],
    collectCoverage: true,
    collectCoverageFrom: ["src/**"],
    coverageReporters: ["json-summary"],
    cacheDirectory: join(project, ".cache"),
  };
  writeFileSync(join(project, "jest.config.json"), JSON.stringify(configuration));
  const jest = ["node_modules/jest/bin/jest.js", "--json", "--outputFile=results.json", "--runInBand"];
  const { stderr } = await run(project, process.execPath, [...flags, ...jest], env);
  const read = (file: string) => JSON.parse(readFileSync(join(project, file), "utf8").replaceAll(project, ""));
  const { numPassedTests, testResults } = read("results.json");
  const messages = testResults.flatMap(
    (suite: { message: string; assertionResults: { failureMessages: string[] }[] }) =>
      suite.assertionResults.flatMap(({ failureMessages }) => failureMessages),
  );
  return { numPassedTests, messages, coverage: read("coverage/coverage-summary.json"), stderr };
}

const SPANS = [
  "double UNKNOWN OK",
  "last UNKNOWN OK",
  "last > count > double UNKNOWN OK",
  "last > count > double UNKNOWN OK",
  "last > count UNKNOWN OK",
  "sign UNKNOWN OK",
  "withdraw UNKNOWN ERROR",
];

describe.each(Object.entries(MODES))("%s", (kind, mode) => {
  describe.each(Object.entries(COMPILERS))("%s", (compiler, transforms) => {
    let plain: Outcome;
    let traced: Outcome;
    const store = join(folder, `${kind} ${compiler}.db`.replaceAll(/[^\w.]+/g, "-"));
    beforeAll(async () => {
      const [alone, with_] = transforms(mode);
      plain = await runJest(`${kind} ${compiler} plain`, mode, alone);
      traced = await runJest(`${kind} ${compiler} traced`, mode, with_, { SPANWRIGHT_STORE: store });
    }, 120_000);

    test("the tests come out as they do untraced, with the stack of the error", () => {
      expect(plain.numPassedTests, plain.stderr).toBe(2);
      expect(traced.numPassedTests, traced.stderr).toBe(2);
      expect(traced.messages).toEqual(plain.messages);
      expect(traced.messages[0]).toMatch(
        /^RangeError: only 10 left\n {4}at Account\.withdraw \(\/src\/account\.ts:7:38\)\n/,
      );
    });

    test("the spans are recorded", () => {
      expect(recordedSpans(store)).toEqual([...SPANS].sort());
    });

    test("what is covered is what is covered untraced", () => {
      expect(traced.coverage).toEqual(plain.coverage);
    });
  });
});
