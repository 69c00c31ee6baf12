/** Builds `src/index.ts` of the working directory once: `node build-once.ts <vite|esbuild> [traced]`. */

import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [tool, traced] = process.argv.slice(2);
const entry = resolve("src/index.ts");
const plugins = async (host: string) =>
  traced === undefined ? [] : [(await import(`spanwright/${host}`)).default({ summary: false })];

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
