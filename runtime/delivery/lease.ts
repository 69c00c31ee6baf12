/**
 * Which process is sending what of a shared store, and whether it is still there. No clock is compared: an
 * owner counts a beat up while it lives, and whoever waits watches it on a clock of its own.
 */

/** Milliseconds without a beat after which an owner that cannot be asked is taken for gone. */
const SILENCE_MS = 60_000;

interface Identity {
  /** Machine, boot and namespace, within which process numbers mean something. */
  readonly place: string;
  readonly pid: number;
  /** When the process began, in the system's own count; empty where it cannot be told. */
  readonly started: string;
}

/** The name of this process, as JSON text. */
export function processName(): string {
  const identity: Identity = { place: place(), pid: process.pid, started: startOf(process.pid) ?? "" };
  return JSON.stringify(identity);
}

/** Watches the owners of leases. */
export class OwnerWatch {
  private readonly seen = new Map<number, { beat: number; since: number }>();

  /**
   * Whether an owner is gone.
   *
   * @param beat how far it has counted
   */
  isGone(owner: number, name: string, beat: number): boolean {
    if (endedHere(name)) return true;
    const now = performance.now();
    const before = this.seen.get(owner);
    if (before?.beat !== beat) this.seen.set(owner, { beat, since: now });
    return before?.beat === beat && now - before.since > SILENCE_MS;
  }
}

/** Whether the process with this name ran on this machine and is no more. */
function endedHere(name: string): boolean {
  const { place: where, pid, started }: Identity = JSON.parse(name);
  if (where !== place()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is one, of another user.
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
  const now = startOf(pid);
  return now !== undefined && started !== "" && now !== started;
}

function place(): string {
  const { readFileSync, readlinkSync } = process.getBuiltinModule("node:fs");
  const host = process.getBuiltinModule("node:os").hostname();
  try {
    // Containers may share a store and a host's name, but not a namespace of processes.
    return [readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(), readlinkSync("/proc/self/ns/pid")].join(
      " ",
    );
  } catch {
    // Only Linux has these files.
    return host;
  }
}

/** The 22nd field of /proc/PID/stat; the second may hold anything, in parentheses. */
function startOf(pid: number): string | undefined {
  try {
    const stat = process.getBuiltinModule("node:fs").readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    // Only Linux has this file, and only while the process lives.
    return undefined;
  }
}
