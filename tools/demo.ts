/**
 * Compiles the examples as a user's project would be, runs each, and shows the newest trace after it. The
 * traces are added to `.spanwright/traces.db`. `node tools/demo.ts`
 */

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { styleText } from "node:util";

const root = join(import.meta.dirname, "..");
const examples = readdirSync(join(root, "examples"))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
  .sort();

run("node_modules/ts-patch/bin/tspc.js", "-p", "examples");
for (const file of examples) {
  console.log(styleText("bold", `\nexamples/${file}`));
  run(join("examples/dist", `${basename(file, ".ts")}.js`));
  run("dist/cli/index.js", "show");
}
console.log(`
The programs in examples/ were compiled with their spans written in; their traces are kept in .spanwright/traces.db.

Next:
  npx spanwright show --last 5      the newest traces again
  examples/                         put "// @trace" above another function, and run "npm start" again
  README.md                         how to add spanwright to a project of your own
`);

/** Runs a program of the repository in its root, its output shown; ends this one when it fails. */
function run(program: string, ...args: readonly string[]): void {
  // Named, it is used whatever NODE_ENV and the caller's own settings say.
  const env = { ...process.env, SPANWRIGHT_STORE: join(root, ".spanwright/traces.db") };
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd: root, stdio: "inherit", env });
  if (status === 0) return;
  console.error(`spanwright: "node ${[program, ...args].join(" ")}" failed; the lines above say why.`);
  process.exit(1);
}
