/** A real MLflow server on SQLite, installed in a virtual environment of its own when it is first asked for. */

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { vi } from "vitest";
import { freePort } from "./free-port.ts";

const requirements = join(import.meta.dirname, "compat/mlflow/requirements.txt");
const environment = join(import.meta.dirname, "compat/mlflow/.venv");
/** The Python that has MLflow. */
export const python = join(environment, "bin/python");

export interface MlflowServer {
  readonly uri: string;
  stop(): void;
}

/** Starts a server that keeps everything in a folder. */
export async function startMlflow(folder: string): Promise<MlflowServer> {
  alone(install);
  const port = await freePort();
  const uri = `http://127.0.0.1:${port}`;
  const command = ["-m", "mlflow", "server", "--host", "127.0.0.1", "--port", `${port}`, "--workers", "1"];
  const store = ["--backend-store-uri", `sqlite:///${folder}/mlflow.db`, "--default-artifact-root", folder];
  // In a group of its own: the server starts workers.
  const server = spawn(python, [...command, ...store], { cwd: folder, stdio: "ignore", detached: true });
  await vi.waitFor(() => isUp(uri), { timeout: 120_000, interval: 500 });
  return {
    uri,
    stop() {
      if (server.pid !== undefined) process.kill(-server.pid, "SIGKILL");
    },
  };
}

/** How long an installation may take; a lock that is older was left behind. */
const INSTALL_MS = 15 * 60_000;

/** Runs work while no other process of the tests does the same: two files of tests have a server each. */
function alone(work: () => void): void {
  const lock = `${environment}.lock`;
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
}

function taken(lock: string): boolean {
  const left = statSync(lock, { throwIfNoEntry: false });
  if (left !== undefined && Date.now() - left.mtimeMs > INSTALL_MS) rmSync(lock, { recursive: true, force: true });
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Brings the virtual environment in line with requirements.txt. */
function install(): void {
  const stamp = join(environment, "requirements.txt");
  const wanted = readFileSync(requirements, "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(environment, { recursive: true });
  execFileSync("python3", ["-m", "venv", environment], { stdio: "inherit" });
  execFileSync(python, ["-m", "pip", "install", "--quiet", "--requirement", requirements], { stdio: "inherit" });
  writeFileSync(stamp, wanted);
}

/** Throws until the server answers. */
async function isUp(uri: string): Promise<void> {
  const { ok } = await fetch(`${uri}/health`);
  if (!ok) throw new Error("not yet");
}
