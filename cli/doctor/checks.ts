/** What `spanwright doctor` looks at. Knows nothing of how its findings are shown. */

import { existsSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { DeliveryError } from "../../runtime/delivery/destination.ts";
import { openReader } from "../../runtime/delivery/reader.ts";
import { DEFAULT_STORE } from "../../runtime/delivery/store.ts";
import { readText, scriptsBelow } from "../../transformer/files.ts";
import { mayHaveMark } from "../../transformer/scan.ts";
import { RUNTIME_MODULE } from "../../transformer/select.ts";
import { installedPackage, keysOf, majorMinor } from "../project/packages.ts";
import type { ExaminedProject } from "./examined.ts";

/** What a check has found. */
export interface Finding {
  /** `fine` needs nothing, `warning` may need something, `problem` must be mended. */
  readonly says: "fine" | "warning" | "problem";
  /** `SW3520` and on, see docs/diagnostics.md; `undefined` where all is well. */
  readonly code?: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** One question to a project. It may have several answers, or none where it does not apply. */
export interface Check {
  readonly name: string;
  readonly examine: (project: ExaminedProject) => readonly Finding[];
}

/** Every check, in the order of the report. A new check is a new row. */
export const CHECKS: readonly Check[] = [
  { name: "node", examine: ({ node }) => [nodeVersion(node)] },
  { name: "sqlite", examine: ({ sqlite }) => [sqliteVersion(sqlite)] },
  { name: "typescript", examine: typescript },
  { name: "opentelemetry", examine: copiesOfTheApi },
  { name: "host", examine: host },
  { name: "incremental", examine: incremental },
  { name: "output", examine: output },
  { name: "store", examine: store },
];

const fine = (message: string): Finding => ({ says: "fine", message });

/** `engines` of package.json says the same. */
const NEEDED_NODE = "22.16";

function nodeVersion(version: string): Finding {
  if (majorMinor(version) >= majorMinor(NEEDED_NODE)) return fine(`Node ${version}`);
  return {
    says: "problem",
    code: "SW3520",
    message: `Node ${version} is older than spanwright supports`,
    remedy: `Use Node ${NEEDED_NODE} or newer.`,
  };
}

/**
 * Versions with the WAL-reset bug, by which a file with two connections can be damaged, and the versions that mended it.
 * @see https://sqlite.org/wal.html#walresetbug
 */
function sqliteVersion(version: string | undefined): Finding {
  if (version === undefined) {
    return {
      says: "problem",
      code: "SW3521",
      message: "this Node has no SQLite, so there is no embedded store",
      remedy: `Use Node ${NEEDED_NODE} or newer, or send spans elsewhere.`,
    };
  }
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  const number = major * 1_000_000 + minor * 1000 + patch;
  const mended = number >= 3_051_003 || (number >= 3_050_007 && number < 3_051_000) || number === 3_044_006;
  if (mended) return fine(`SQLite ${version}`);
  return {
    says: "warning",
    code: "SW3522",
    message: `SQLite ${version} can damage a store that several processes write to (its WAL-reset bug)`,
    remedy: "Use Node 22.22 or newer in line 22, or 24.15 or newer.",
  };
}

function typescript({ folder, typescript: compiler, tsconfig }: ExaminedProject): Finding[] {
  if (compiler === undefined) return [];
  const { version } = compiler;
  if (tsconfig?.hasPlugin !== true) return [fine(`TypeScript ${version}`)];
  const patch = installedPackage("ts-patch", folder);
  if (majorMinor(version) >= 7000) {
    return [
      {
        says: "problem",
        code: "SW3523",
        message: `tsconfig.json has the plugin spanwright/ts-patch, but TypeScript ${version} takes no transformers`,
        remedy: 'Build with "npx spanwright build" in place of tsc, or: npm install --save-dev typescript@6 ts-patch@4',
      },
    ];
  }
  if (patch === undefined) {
    return [
      {
        says: "problem",
        code: "SW3524",
        message: "tsconfig.json has the plugin spanwright/ts-patch, but ts-patch is not installed",
        remedy: `npm install --save-dev ts-patch@${majorMinor(version) >= 6000 ? 4 : 3}, and build with "npx tspc".`,
      },
    ];
  }
  if (majorMinor(patch.version) >= 4000 && majorMinor(version) < 6000) {
    return [
      {
        says: "problem",
        code: "SW3524",
        message: `ts-patch ${patch.version} needs TypeScript 6; this is ${version}`,
        remedy: "npm install --save-dev ts-patch@3",
      },
    ];
  }
  return [fine(`TypeScript ${version} with ts-patch ${patch.version}`)];
}

const API = "@opentelemetry/api";

/** Everything that resolves the API from its own place has to find the same copy. */
function copiesOfTheApi({ folder, manifest }: ExaminedProject): Finding[] {
  const users = [...keysOf(manifest.dependencies), ...keysOf(manifest.devDependencies)];
  const copies = new Map<string, { readonly version: string; readonly users: string[] }>();
  const add = (user: string, from: string) => {
    const copy = installedPackage(API, from);
    if (copy === undefined) return;
    const known = copies.get(copy.folder) ?? { version: copy.version, users: [] };
    known.users.push(user);
    copies.set(copy.folder, known);
  };
  add("the project", folder);
  for (const user of users) {
    const found = installedPackage(user, folder);
    if (found === undefined) continue;
    const needs = [...keysOf(found.manifest.dependencies), ...keysOf(found.manifest.peerDependencies)];
    if (needs.includes(API)) add(user, found.folder);
  }
  if (copies.size === 0) {
    return [
      {
        says: "problem",
        code: "SW3525",
        message: `${API} is not installed, and traced programs import it`,
        remedy: `npm install ${API}`,
      },
    ];
  }
  const versions = [...copies.values()];
  if (versions.length === 1) return [fine(`${API} ${versions[0]?.version}, one copy`)];
  const list = versions.map((copy) => `${copy.version} (${copy.users.join(", ")})`).join(" and ");
  return [
    {
      says: "warning",
      code: "SW3526",
      message: `there are ${versions.length} copies of ${API}: ${list}; spans of one may not be seen by the other`,
      remedy: `Let every package use one version: "npm ls ${API}" shows who brings which. SDK 2 goes with 1.9, SDK 3 with 1.10.`,
    },
  ];
}

/** Files in which a host is set up. */
const SET_UP_IN =
  /^(?:(?:vite|vitest|rollup|rolldown|webpack|rspack|rsbuild|farm|next|jest|esbuild|build|bun)\b.*\.[cm]?[jt]s|package\.json|bunfig\.toml|tsconfig.*\.json)$/;

/** Whether anything would write spans into the marked files. */
function host(project: ExaminedProject): Finding[] {
  const { folder, rootFiles, tsconfig, marked } = project;
  const [first] = marked;
  if (first === undefined) return [fine("no file has a mark")];
  // What keeps it from being built by ts-patch stands under "typescript".
  const stopped = typescript(project).some(({ says }) => says === "problem");
  if (tsconfig?.hasPlugin && !stopped) return [fine(`${count(marked.length, "file")} with marks, built by ts-patch`)];
  const places = rootFiles.filter((file) => SET_UP_IN.test(file) && !(stopped && file.startsWith("tsconfig")));
  const found = places.filter((file) =>
    /spanwright(?:\/| (?:build|instrument)\b)/.test(readText(join(folder, file)) ?? ""),
  );
  if (found.length > 0) return [fine(`${count(marked.length, "file")} with marks, built as ${found.join(", ")} says`)];
  if (stopped) return [];
  return [
    {
      says: "problem",
      code: "SW3527",
      message: `${count(marked.length, "file")} with marks, ${relative(folder, first)} for one, but nothing in this folder builds with spanwright`,
      remedy: "Add the plugin of your build tool, see docs/hosts.md, or build with: npx spanwright build",
    },
  ];
}

/** An incremental build does not notice that the plugin came, or that its options changed. */
function incremental({ tsconfig, plugin }: ExaminedProject): Finding[] {
  if (tsconfig?.buildInfo === undefined || !tsconfig.hasPlugin) return [];
  const built = changedAt(tsconfig.buildInfo);
  if (built === undefined) return [];
  const newer = [tsconfig.path, plugin].find((path) => path !== undefined && (changedAt(path) ?? 0) > built);
  if (newer === undefined) return [fine("the incremental build knows the plugin as it is")];
  return [
    {
      says: "warning",
      code: "SW3528",
      message: `${tsconfig.buildInfo} is older than ${newer}: files that did not change are not built again`,
      remedy: 'Build once with "--force" after "-b", or delete that file.',
    },
  ];
}

function changedAt(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs;
}

/** Whether the last build wrote spans. */
function output({ folder, output, marked }: ExaminedProject): Finding[] {
  if (output === undefined || marked.length === 0 || !existsSync(output)) return [];
  const scripts = scriptsBelow(output);
  const traced = scripts.filter((file) => readText(file)?.includes(RUNTIME_MODULE));
  const place = relative(folder, output) || ".";
  if (traced.length > 0) return [fine(`${place}: ${count(traced.length, "file")} with spans`)];
  const left = scripts.filter((file) => mayHaveMark(readText(file) ?? ""));
  return [
    {
      says: "problem",
      code: "SW3529",
      message: `${place} holds ${count(scripts.length, "built file")}, none of them with a span${left.length > 0 ? ", though marks are still in them" : ""}`,
      remedy: "Build again with the plugin in place, from scratch: an incremental build keeps what it has.",
    },
  ];
}

/** Whether the embedded store can be read here. */
function store({ folder }: ExaminedProject): Finding[] {
  const path = join(folder, DEFAULT_STORE);
  if (!existsSync(path)) return [fine(`no store yet at ${DEFAULT_STORE}`)];
  try {
    const reader = openReader(path);
    try {
      const [newest] = reader.traces({ limit: 1 });
      return [fine(newest === undefined ? `${DEFAULT_STORE} holds no trace` : `${DEFAULT_STORE} holds traces`)];
    } finally {
      reader.close();
    }
  } catch (error) {
    if (!(error instanceof DeliveryError)) throw error;
    return [{ says: "problem", code: error.code, message: error.message, remedy: error.remedy }];
  }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
