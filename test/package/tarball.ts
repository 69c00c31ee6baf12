import { execFileSync } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** Packs the project into the folder, as `npm publish` would, and tells the tarball's path. */
export function packInto(folder: string): string {
  const args = ["pack", "--json", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: "pipe" }));
  return join(folder, packed.filename);
}
