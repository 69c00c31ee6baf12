import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openReader } from "../../runtime/delivery/reader.ts";
import { mappedIdentifiers } from "../transformer/source-map.ts";
import { build, makeFolder, makeProject, node, type ProjectOptions, type Run } from "./project.ts";

/** The fixture is compiled by `tsc` as it is, and by `tspc` with the built package: the first says what is right. */

const VARIANTS: Readonly<Record<string, ProjectOptions>> = {
  "ES modules": { type: "module", compilerOptions: { module: "nodenext", target: "es2022" } },
  "CommonJS for ES2017": {
    type: "commonjs",
    compilerOptions: { module: "commonjs", moduleResolution: "bundler", target: "es2017", esModuleInterop: true },
  },
  "isolated modules for ES2015, every function": {
    type: "module",
    compilerOptions: { module: "nodenext", target: "es2015", isolatedModules: true },
    plugin: { select: "all" },
  },
};

const folder = makeFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(VARIANTS))("%s", (name, variant) => {
  const project = makeProject(join(folder, name.replaceAll(/\W+/g, "-")), variant);
  const store = join(project, "traces.db");
  let builds: readonly Run[];

  beforeAll(async () => {
    builds = await Promise.all([build(project, "tsc", "tsconfig.plain.json"), build(project, "tspc")]);
  });

  test("the build says what it has traced, and nothing else", () => {
    const [plain, traced] = builds;
    expect(plain).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(traced).toEqual({
      status: 0,
      stdout: "",
      stderr: expect.stringMatching(/^spanwright: \d files, \d+ functions\n$/),
    });
  });

  test("the declarations are those of tsc", () => {
    const declarations = (out: string) => contents(join(project, out), "*.d.{ts,cts}");
    expect(declarations("traced")).toEqual(declarations("plain"));
    expect(Object.keys(declarations("plain"))).toHaveLength(8);
  });

  test.each(["main.js", "legacy.cjs", "script.js"])(
    "%s does what it does untraced, its stacks included",
    async (file) => {
      const plain = await node(project, ["--enable-source-maps", join("plain", file)]);
      const traced = await node(project, ["--enable-source-maps", join("traced", file)], { SPANWRIGHT_STORE: store });
      expect(traced.stdout).toBe(plain.stdout);
      expect(traced.stdout).not.toBe("");
      expect([traced.status, traced.stderr]).toEqual([0, ""]);
    },
  );

  test("spans are recorded", async () => {
    await node(project, ["traced/main.js"], { SPANWRIGHT_STORE: store });
    expect(spanNames(store)).toEqual(
      expect.arrayContaining(["area", "areas", "collect", "each", "failing", "labels", "load", "sum of areas"]),
    );
  });

  test("source maps lead every identifier where they lead untraced", () => {
    for (const file of globSync("*.{js,cjs}", { cwd: join(project, "plain") })) {
      const source = readFileSync(join(project, "src", file.replace(/js$/, "ts")), "utf8");
      const identifiers = (out: string) => {
        const path = join(project, out, file);
        return mappedIdentifiers(source, readFileSync(path, "utf8"), readFileSync(`${path}.map`, "utf8"));
      };
      const plain = identifiers("plain");
      const traced = identifiers("traced");
      // The one marker call is no call of the program any more.
      expect(traced.right, file).toEqual(plain.right.filter((name) => name !== "trace 24:2"));
      expect(traced.wrong.length, file).toBeLessThanOrEqual(plain.wrong.length);
    }
  });
});

test("constants of other files are written in place, and what only types use is not imported", () => {
  const main = readFileSync(join(folder, "ES-modules/traced/main.js"), "utf8");
  expect(main).toContain("scale = 2 /* Level.Double */");
  expect(main).toContain('import { describeShapes, Square } from "./shapes.js"');
});

/** The files of a folder by their names. */
function contents(of: string, pattern: string): Record<string, string> {
  return Object.fromEntries(globSync(pattern, { cwd: of }).map((file) => [file, readFileSync(join(of, file), "utf8")]));
}

function spanNames(store: string): string[] {
  const reader = openReader(store);
  try {
    const traces = reader.traces({ limit: 1000 });
    return traces.flatMap(({ traceId }) => reader.trace(traceId)?.spans ?? []).map(({ name }) => name);
  } finally {
    reader.close();
  }
}
