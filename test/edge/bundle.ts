/** Builds a program of this folder as its users would: traced, then bundled by esbuild for a page or a worker. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { instrument } from "../../transformer/instrument.ts";
import { installed } from "../installed.ts";

/** A file of a bundle. */
export interface Output {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Names of what is loaded with it. */
  readonly imports: readonly string[];
  /** Paths of the modules in it. */
  readonly modules: readonly string[];
}

/** A file and what is loaded with it. */
export function loadedWith(entry: Output, outputs: readonly Output[], seen = new Set<Output>()): Set<Output> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const output of outputs) if (entry.imports.includes(output.name)) loadedWith(output, outputs, seen);
  return seen;
}

/**
 * @param conditions under which the packages' entries are looked up
 * @returns the entry first, then what it loads later
 */
export async function bundle(program: string, conditions: readonly string[]): Promise<readonly Output[]> {
  const file = join(import.meta.dirname, "programs", program);
  const { build } = createRequire(join(installed("edge"), "package.json"))("esbuild");
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: instrument(readFileSync(file, "utf8"), file)?.code,
      loader: "ts",
      resolveDir: join(import.meta.dirname, "../.."),
    },
    outdir: "out",
    entryNames: "main",
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    conditions,
    metafile: true,
    write: false,
  });
  const described = new Map(
    Object.entries<Described>(metafile.outputs).map(([path, output]) => [basename(path), output]),
  );
  const outputs: Output[] = outputFiles.map(({ path, contents }: { path: string; contents: Uint8Array }) => {
    const { imports = [], inputs = {} } = described.get(basename(path)) ?? {};
    return {
      name: basename(path),
      bytes: contents,
      imports: imports.filter(({ kind }) => kind === "import-statement").map((imported) => basename(imported.path)),
      modules: Object.keys(inputs),
    };
  });
  return outputs.toSorted((a, b) => Number(b.name === "main.js") - Number(a.name === "main.js"));
}

/** What esbuild says of an output. */
interface Described {
  readonly imports: readonly { readonly path: string; readonly kind: string }[];
  readonly inputs: Readonly<Record<string, unknown>>;
}
