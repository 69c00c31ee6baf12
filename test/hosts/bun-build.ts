/** Builds `src/app.ts` with Bun's bundler: `bun bun-build.ts <out> [<options of the plugin, JSON>]`. */

/**
 * What is used of Bun's global object.
 * @see https://bun.sh/docs/bundler
 */
declare const Bun: {
  build(options: object): Promise<{ readonly success: boolean; readonly logs: readonly unknown[] }>;
};

const [out, json] = process.argv.slice(2);
const { default: spanwright } = await import("spanwright/bun");

const { success, logs } = await Bun.build({
  entrypoints: ["src/app.ts"],
  outdir: out,
  naming: "app.mjs",
  target: "node",
  sourcemap: "linked",
  plugins: json === undefined ? [] : [spanwright(JSON.parse(json))],
});
for (const log of logs) console.error(log);
process.exitCode = success ? 0 : 1;
