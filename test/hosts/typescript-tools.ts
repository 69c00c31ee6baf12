/**
 * Compiles the fixture with a tool that takes TypeScript's transformers, as its users do, from `src/main.ts` to
 * `<out>/main.mjs`; ts-node runs `src/legacy.cts` instead.
 * `node typescript-tools.ts <tool> <out> [<options, JSON>]`; without options there are no transformers.
 */

import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [tool = "", out = "", json] = process.argv.slice(2);
const fromProject = createRequire(resolve("package.json"));
const options = json === undefined ? undefined : JSON.parse(json);

/** A package of the project. */
// biome-ignore lint/suspicious/noExplicitAny: the packages are not installed when types are checked.
async function load(name: string): Promise<any> {
  return import(pathToFileURL(fromProject.resolve(name)).href);
}

const { default: transformers } = await import("spanwright/transformers");
type Program = Parameters<typeof transformers>[0];

const ENTRY = resolve("src/main.ts");
const EXTERNAL = /^(spanwright|@opentelemetry)\//;

const TOOLS: Readonly<Record<string, () => unknown>> = {
  "ts-loader": () => webpackBuild(false),
  "ts-loader, transpileOnly": () => webpackBuild(true),
  "@rollup/plugin-typescript, a function": () =>
    rollupBuild(options && ((program: Program) => transformers(program, options))),
  "@rollup/plugin-typescript, a list": () =>
    rollupBuild(
      options && {
        before: [{ type: "program", factory: (program: Program) => transformers(program, options).before[0] }],
      },
    ),
  "ts-node": () => tsNodeRun({ transformers: options && ((program: Program) => transformers(program, options)) }),
  "ts-node, transpileOnly": () =>
    tsNodeRun({ transpileOnly: true, transformers: options && transformers(undefined, options) }),
};

async function webpackBuild(transpileOnly: boolean): Promise<void> {
  const { default: webpack } = await load("webpack");
  const getCustomTransformers = options && ((program: Program) => transformers(program, options));
  const compiler = webpack({
    mode: "development",
    devtool: "source-map",
    target: "node",
    entry: ENTRY,
    experiments: { outputModule: true },
    output: { path: resolve(out), filename: "main.mjs", module: true },
    externalsType: "module",
    externals: [EXTERNAL],
    resolve: { extensionAlias: { ".js": [".ts", ".js"] } },
    module: {
      rules: [
        {
          test: /\.ts$/,
          loader: fromProject.resolve("ts-loader"),
          options: { transpileOnly, getCustomTransformers, onlyCompileBundledFiles: true },
        },
      ],
    },
  });
  await new Promise<void>((done, fail) => {
    // biome-ignore lint/suspicious/noExplicitAny: see above.
    compiler.run((error: Error | null, stats: any) => {
      if (error) fail(error);
      else if (stats.hasErrors()) fail(new Error(stats.toString("errors-only")));
      else done();
    });
  });
}

async function rollupBuild(given: unknown): Promise<void> {
  const { rollup } = await load("rollup");
  const { default: typescript } = await load("@rollup/plugin-typescript");
  const plugin = (typescript.default ?? typescript)({
    compilerOptions: { module: "esnext", moduleResolution: "bundler", outDir: out },
    transformers: given,
  });
  const build = await rollup({ input: ENTRY, external: EXTERNAL, plugins: [plugin] });
  await build.write({ dir: out, entryFileNames: "main.mjs", sourcemap: true });
  await build.close();
}

async function tsNodeRun(given: object): Promise<void> {
  const { default: tsNode } = await load("ts-node");
  tsNode.register({ cwd: process.cwd(), ...given });
  fromProject("./src/legacy.cts");
}

await TOOLS[tool]?.();
