import { readFileSync } from "node:fs";
import type { Build, Report } from "../transformer/build.ts";
import { hostProblem, reasonOf } from "../transformer/host-problems.ts";

/** The text of a file of a build; `undefined` when it cannot be read, which is said, and the build goes on. */
export function readFileOf(build: Build, path: string, report: Report): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    build.problem(hostProblem("SW3005", path, "read", reasonOf(error)), report);
    return undefined;
  }
}
