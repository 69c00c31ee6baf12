import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The command line's entry. */
export const cli = join(import.meta.dirname, "../../cli/index.ts");

/** Neither of the variables that decide about colours, whatever the tests run in. */
const { NO_COLOR: _, FORCE_COLOR: __, ...environment } = process.env;

/** Runs the command `spanwright` in a folder. */
export function spanwright(cwd: string, args: readonly string[], variables: NodeJS.ProcessEnv = {}) {
  const env = { ...environment, TZ: "UTC", ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
}
