/**
 * Brings `node_modules` in line with `package-lock.json`, and checks that a Node is at hand which can run the
 * project's own tools. Does nothing when all is well. Plain JavaScript, because it runs before anything is
 * installed: on Node 18 and newer. `node tools/install.mjs [folder ...]`; of several folders, those without a lock
 * file are left alone.
 */

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The first Node that runs TypeScript files without a flag. */
const NEEDED = [22, 18];

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folders = process.argv.slice(2);
const folder = resolve(folders[0] ?? root);
const isProject = folder === root;

if (folders.length > 1) installEach();
else if (!matchesLock() || (isProject && !toolsNode())) install();

/** One after the other, each by a process of its own. */
function installEach() {
  for (const each of folders.filter((candidate) => existsSync(join(candidate, "package-lock.json")))) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), each], { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
}

function install() {
  console.error(`Installing what ${isProject ? "spanwright's build and tests need" : `${folder} needs`} (npm ci) ...`);
  let run = npm("ci");
  // The package that brings Node 24 has no binary for every platform; a new enough Node of one's own will do.
  if (run.status !== 0 && isProject && isNewEnough(process.versions.node)) run = npm("ci", "--ignore-scripts");
  if (run.status !== 0) {
    fail(
      `${run.stdout}${run.stderr}${run.error ?? ""}`,
      `"npm ci" failed in ${folder}.`,
      `Its own words are above. Check that the npm registry can be reached; if only the package "node" fails, install Node 24 yourself. Then run the same command again.`,
    );
  }
  if (isProject && !toolsNode()) {
    fail(
      "",
      `No Node of version ${NEEDED.join(".")} or newer: the npm package "node" did not bring one, and yours is ${process.versions.node}.`,
      "Install Node 24, then run the same command again.",
    );
  }
}

/** Whether every package of the lock file is installed as it says; optional ones may be missing. */
function matchesLock() {
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(([path, wanted]) => {
    if (path === "") return true;
    const found = installed[path];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true;
  });
}

function packagesOf(lock) {
  const path = join(folder, lock);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : {};
}

/** The Node that npm scripts find first, the installed one or else the caller's, if it is new enough. */
function toolsNode() {
  const installed = join(root, "node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");
  const version = spawnSync(installed, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout?.trim();
  return isNewEnough(version || process.versions.node);
}

function isNewEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** Runs the npm that runs this script, or the one in PATH. Its output is shown only when it fails. */
function npm(...args) {
  const options = { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 };
  const quiet = [...args, "--no-audit", "--no-fund"];
  const running = process.env.npm_execpath;
  if (running?.endsWith(".js")) return spawnSync(process.execPath, [running, ...quiet], options);
  return spawnSync("npm", quiet, { ...options, shell: process.platform === "win32" });
}

function fail(output, problem, remedy) {
  console.error(`${output}\nspanwright: ${problem}\n${remedy}`);
  process.exit(1);
}
