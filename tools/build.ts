/**
 * Builds the package into `dist/`: ES modules, and in `dist/cjs/` what hosts load with `require`, and in
 * `dist/browser/` the runtime for pages and workers. Does
 * nothing when `dist/` is newer than every source. `node tools/build.ts`
 */

import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildBrowserTree } from "./browser-tree.ts";
import { outdated, STAMP } from "./outdated.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

if (outdated() !== undefined) await build();
linkItself();

/** Builds beside `dist/` and swaps at the end: who reads `dist/` meanwhile finds a whole one, old or new. */
async function build(): Promise<void> {
  const next = mkdtempSync(join(root, "node_modules", ".dist-"));
  try {
    mkdirSync(join(next, "cjs"));
    writeFileSync(join(next, STAMP), '{ "type": "commonjs" }\n');
    const codes = await Promise.all([tsc("tsconfig.build.json", next), tsc("tsconfig.cjs.json", join(next, "cjs"))]);
    if (codes.some((code) => code !== 0)) {
      console.error("spanwright: the build failed, dist/ was left as it was");
      process.exitCode = 1;
      return;
    }
    buildBrowserTree(next);
    chmodSync(join(next, "cli/index.js"), 0o755);
    rmSync(dist, { recursive: true, force: true });
    chmodSync(next, 0o755);
    renameSync(next, dist);
  } finally {
    rmSync(next, { recursive: true, force: true });
  }
}

function tsc(project: string, outDir: string): Promise<number | null> {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const child = spawn(process.execPath, [compiler, "-p", project, "--outDir", outDir], { cwd: root, stdio: "inherit" });
  return new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
}

/** ts-patch looks a transformer up in `node_modules` folders only, so the repository stands in its own. */
function linkItself(): void {
  const link = join(root, "node_modules/spanwright");
  if (!existsSync(link)) symlinkSync("..", link, "junction");
}
