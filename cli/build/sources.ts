/** What the sources of a project are marked with, before its compiler has taken any comment away. */

import { setImmediate } from "node:timers/promises";
import type { SiteRow } from "../../runtime/contract.ts";
import type { Build } from "../../transformer/build.ts";
import type { Diagnostic } from "../../transformer/diagnostics.ts";
import { readText, scriptsBelow } from "../../transformer/files.ts";
import { inspect } from "../../transformer/instrument.ts";
import type { TypeScriptProject } from "../project/tsconfig.ts";

/** What a script was made of, and what is traced in it. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly sites: readonly SiteRow[];
  /** Those of {@link sites} that have a mark, and so must arrive. */
  readonly marked: readonly SiteRow[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The sources of a build, each read once for as long as it stays what it is. */
export class Sources {
  readonly #build: Build;
  readonly #known = new Map<string, SourceFile>();

  constructor(build: Build) {
    this.#build = build;
  }

  /**
   * Reads the sources of some projects, file by file, while the compiler is at work.
   *
   * @param signal ends it: what is not read yet will be when it is asked for
   */
  async readAhead(projects: readonly TypeScriptProject[], signal: AbortSignal): Promise<void> {
    for (const project of projects) {
      for (const path of scriptsBelow(project.rootDir ?? project.folder)) {
        if (signal.aborted) return;
        if (!project.names(path)) continue;
        await setImmediate();
        const text = readText(path);
        if (text !== undefined) this.of(path, text);
      }
    }
  }

  /** @param text the file as it is now */
  of(path: string, text: string): SourceFile {
    const known = this.#known.get(path);
    if (known?.text === text) return known;
    const { root, options } = this.#build;
    const { select = "marked", strict = false } = options;
    const { sites = [], diagnostics = [] } = inspect(text, path, { root, select, strict }) ?? {};
    const marked = select === "marked" ? sites : (inspect(text, path, { root })?.sites ?? []);
    const read: SourceFile = { path, text, sites, marked, diagnostics };
    this.#known.set(path, read);
    return read;
  }
}
