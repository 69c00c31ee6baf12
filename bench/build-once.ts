/**
 * Builds `src/index.ts` of the working directory once, with spanwright, or with a plugin that is asked for every file
 * and takes none: `node build-once.ts <vite|esbuild> [traced|asked]`.
 */

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [tool, how] = process.argv.slice(2);
const entry = resolve("src/index.ts");

const PLUGINS: Readonly<Record<string, (host: string) => Promise<object>>> = {
  traced: async (host) => (await import(`spanwright/${host}`)).default({ summary: false }),
  /** What any plugin of esbuild costs that has to see a project's files. */
  asked: async () => ({
    name: "asked",
    setup(build: { onLoad(options: object, load: () => undefined): void }) {
      build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, () => undefined);
    },
  }),
};

/** The plugin that was asked for, in a list. */
// biome-ignore lint/suspicious/noExplicitAny: every bundler has a type of its own.
async function plugins(host: string): Promise<any[]> {
  const plugin = await PLUGINS[how ?? ""]?.(host);
  return plugin === undefined ? [] : [plugin];
}

if (tool === "vite") {
  const { build } = await import("vite");
  await build({
    configFile: false,
    logLevel: "error",
    plugins: await plugins("vite"),
    build: { ssr: entry, outDir: "out-vite", sourcemap: true, minify: false, rollupOptions: { external: /^#/ } },
  });
} else {
  const require = createRequire(join(import.meta.dirname, "../test/compat/bundlers/package.json"));
  const { build } = await import(pathToFileURL(require.resolve("esbuild")).href);
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    packages: "external",
    format: "esm",
    outfile: "out-esbuild/index.mjs",
    sourcemap: true,
    logLevel: "error",
    plugins: await plugins("esbuild"),
  });
}
