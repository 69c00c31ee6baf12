/** The file that lists the traced functions of a project, written after each build. */
import { hash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { SiteRow } from "../runtime/contract.ts";

/** What stands in the file. */
export interface SitesFile {
  readonly version: 1;
  readonly files: readonly SitesOfFile[];
}

export interface SitesOfFile {
  /** The file, relative to the root, with forward slashes. */
  readonly file: string;
  /** Of the file's text when it was built: an entry whose file has changed since holds no more. */
  readonly hash: string;
  readonly functions: readonly SiteRow[];
}

/**
 * Writes the list. What a build did not look at, because a cache or an incremental build had it already, keeps
 * its entry while its text is the same.
 *
 * @param built the files that were built, those without a traced function included
 * @throws what the file system throws when the file cannot be written
 */
export function writeSitesFile(path: string, root: string, built: readonly SitesOfFile[]): void {
  const names = new Set(built.map(({ file }) => file));
  const kept = readSitesFile(path).filter(
    ({ file, hash }) => !names.has(file) && isUnchanged(resolve(root, file), hash),
  );
  const files = [...kept, ...built]
    .filter(({ functions }) => functions.length > 0)
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const content: SitesFile = { version: 1, files };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

/** The hash of a file's text on the disk, or of the text at hand when it is not there. */
export function hashOf(path: string, text: string): string {
  return hash("sha256", contentOf(path) ?? text, "base64url");
}

/** Whether a file's text is still what it was. */
export function isUnchanged(path: string, known: string): boolean {
  const content = contentOf(path);
  return content !== undefined && hash("sha256", content, "base64url") === known;
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    // A virtual file, or one that was removed.
    return undefined;
  }
}

function readSitesFile(path: string): readonly SitesOfFile[] {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    return isSitesFile(content) ? content.files : [];
  } catch {
    // None was written yet, or it is damaged: this build writes a new one.
    return [];
  }
}

function isSitesFile(content: unknown): content is SitesFile {
  if (typeof content !== "object" || content === null) return false;
  return "version" in content && content.version === 1 && "files" in content && Array.isArray(content.files);
}
