import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { newFolder } from "../store/folder.ts";

export type Files = Readonly<Record<string, string | object>>;

const root = join(import.meta.dirname, "../..");

/** A folder with these files; objects are written as JSON. */
export function folderWith(files: Files): string {
  const folder = newFolder();
  addFiles(folder, files);
  return folder;
}

export function addFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  }
}

/**
 * A project with these files, in which spanwright, OpenTelemetry's API and TypeScript are installed.
 * @param typescript the compiler's package
 */
export function projectWith(files: Files, typescript = join(root, "node_modules/typescript")): string {
  const folder = folderWith(files);
  const modules = join(folder, "node_modules");
  mkdirSync(join(modules, "@opentelemetry"), { recursive: true });
  symlinkSync(root, join(modules, "spanwright"), "junction");
  symlinkSync(join(root, "node_modules/@opentelemetry/api"), join(modules, "@opentelemetry/api"), "junction");
  symlinkSync(typescript, join(modules, "typescript"), "junction");
  return folder;
}
