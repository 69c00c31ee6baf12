/** Disks of a few megabytes, which only root can have on Linux. */

import { execFileSync, spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { newFolder } from "../store/folder.ts";

/** Whether this machine lets the tests mount a disk. */
export const canMount: boolean = (() => {
  const { status, stderr, error } = spawnSync("unshare", ["--mount", "true"], { encoding: "utf8" });
  if (status !== 0) console.warn(`Tests of disks are skipped: unshare --mount: ${error?.message ?? stderr}`);
  return status === 0;
})();

/** An empty disk of its own that goes with the test. */
export function newDisk(megabytes: number): string {
  const folder = newFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  onTestFinished(() => void execFileSync("umount", ["--lazy", folder]));
  return folder;
}

/** Lets nobody write to a disk any more. */
export function protect(folder: string): void {
  execFileSync("mount", ["-o", "remount,ro", folder]);
}
