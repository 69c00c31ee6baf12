/**
 * Builds `src/app.ts` (Farm: `src/main.ts`) of the working directory with a bundler, as its users do.
 * `node bundlers.ts <bundler> <out> [<options of the plugin, JSON>]`; without options there is no plugin.
 */

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [bundler = "", out = "", json] = process.argv.slice(2);
const cwd = process.cwd();
const fromCompat = createRequire(join(import.meta.dirname, "../compat/bundlers/package.json"));

/** A package of `test/compat/bundlers`. */
// biome-ignore lint/suspicious/noExplicitAny: the packages are not installed when types are checked.
async function load(name: string): Promise<any> {
  return import(pathToFileURL(fromCompat.resolve(name)).href);
}

/** The host's plugin with the given options, in a list; an empty list without options. */
// biome-ignore lint/suspicious/noExplicitAny: every bundler has a type of its own.
async function plugins(host: string): Promise<any[]> {
  if (json === undefined) return [];
  const { default: spanwright } = await import(`spanwright/${host}`);
  return [spanwright(JSON.parse(json))];
}

const APP = resolve("src/app.ts");
const JSX = /\.[jt]sx?$/;

const BUILDS: Readonly<Record<string, () => Promise<unknown>>> = {
  "vite-7": async () => viteBuild(await load("vite-7")),
  "vite-8": async () => viteBuild(await import("vite")),
  rollup: async () => {
    const { rollup } = await load("rollup");
    const { default: esbuild } = await load("rollup-plugin-esbuild");
    const external = /^(spanwright|@opentelemetry)\//;
    const transform = (esbuild.default ?? esbuild)({ include: JSX, target: "es2022" });
    const build = await rollup({ input: APP, external, plugins: [...(await plugins("rollup")), transform] });
    await build.write({ dir: out, entryFileNames: "app.mjs", sourcemap: true });
  },
  rolldown: async () => {
    const { rolldown } = await load("rolldown");
    const build = await rolldown({ input: APP, platform: "node", plugins: await plugins("rolldown") });
    await build.write({ dir: out, entryFileNames: "app.mjs", sourcemap: true });
    await build.close();
  },
  esbuild: async () => {
    const { build } = await load("esbuild");
    await build({
      entryPoints: [APP],
      outfile: join(out, "app.mjs"),
      bundle: true,
      platform: "node",
      format: "esm",
      sourcemap: true,
      plugins: await plugins("esbuild"),
    });
  },
  webpack: async () => {
    const webpack = fromCompat("webpack");
    await compile(webpack, {
      ...(await packed("webpack")),
      module: { rules: [swc(fromCompat.resolve("swc-loader"))] },
    });
  },
  "webpack, by the loader": async () => {
    const loaded = swc(fromCompat.resolve("swc-loader"));
    await compile(fromCompat("webpack"), { ...(await packed()), module: { rules: [...loader(), loaded] } });
  },
  "rspack, by the loader": async () => {
    const { rspack } = await load("@rspack/core");
    await compile(rspack, { ...(await packed()), module: { rules: [...loader(), swc("builtin:swc-loader")] } });
  },
  rspack: async () => {
    const { rspack } = await load("@rspack/core");
    await compile(rspack, { ...(await packed("rspack")), module: { rules: [swc("builtin:swc-loader")] } });
  },
  rsbuild: async () => {
    const { createRsbuild } = await load("@rsbuild/core");
    const rsbuild = await createRsbuild({
      cwd,
      config: {
        mode: "production",
        source: { entry: { app: APP } },
        plugins: await plugins("rsbuild"),
        output: {
          target: "node",
          distPath: { root: out },
          filename: { js: "[name].mjs" },
          minify: false,
          sourceMap: { js: "source-map" },
        },
      },
    });
    await (await rsbuild.build()).close();
  },
  farm: async () => {
    const { build } = await load("@farmfe/core");
    await build({
      root: cwd,
      plugins: await plugins("farm"),
      compilation: {
        input: { app: "./src/main.ts" },
        output: { path: out, entryFilename: "app.mjs", targetEnv: "library-node", format: "esm" },
        external: ["^spanwright", "^@opentelemetry"],
        mode: "production",
        sourcemap: true,
        minify: false,
        persistentCache: false,
        treeShaking: false,
        presetEnv: false,
      },
    });
  },
};

// biome-ignore lint/suspicious/noExplicitAny: of two versions.
async function viteBuild({ build }: any): Promise<void> {
  await build({
    configFile: false,
    root: cwd,
    plugins: await plugins("vite"),
    build: {
      ssr: APP,
      outDir: out,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rollupOptions: { output: { entryFileNames: "app.mjs" } },
    },
  });
}

/** The configuration that webpack and Rspack have in common. */
async function packed(host?: string): Promise<object> {
  return {
    mode: "production",
    context: cwd,
    entry: APP,
    target: "node22",
    devtool: "source-map",
    optimization: { minimize: false },
    output: { path: out, filename: "app.cjs" },
    plugins: host === undefined ? [] : await plugins(host),
  };
}

/** The rule of our loader. */
function loader(): object[] {
  if (json === undefined) return [];
  const use = { loader: fileURLToPath(import.meta.resolve("spanwright/loader")), options: JSON.parse(json) };
  return [{ test: JSX, exclude: /[\\/](?:node_modules|dist)[\\/]/, enforce: "pre", use }];
}

function swc(loader: string): object {
  const parser = { syntax: "typescript", tsx: true };
  const transform = { react: { runtime: "classic", pragma: "element" } };
  return {
    test: JSX,
    exclude: /[\\/](?:node_modules|dist)[\\/]/,
    use: { loader, options: { jsc: { parser, transform, target: "es2022" }, sourceMaps: true } },
    type: "javascript/auto",
  };
}

// biome-ignore lint/suspicious/noExplicitAny: of webpack and of Rspack.
function compile(bundle: any, configuration: object): Promise<void> {
  return new Promise((succeed, reject) => {
    // biome-ignore lint/suspicious/noExplicitAny: of webpack and of Rspack.
    const compiler = bundle(configuration, (error: Error | null, stats: any) => {
      // There is no compiler yet when a plugin throws as it is made.
      if (error) return reject(error);
      compiler.close(() => (stats.hasErrors() ? reject(new Error(stats.toString("errors-only"))) : succeed()));
    });
  });
}

const build = BUILDS[bundler];
if (!build) throw new Error(`no bundler ${bundler}`);
await build();
