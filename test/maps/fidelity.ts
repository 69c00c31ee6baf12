/** Compares where the identifiers of files are led by their source maps, traced and untraced. */

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MagicString from "magic-string";
import type { Compile, Compiled, Files } from "./compilers.ts";
import { type Identifiers, identifiersOf, identifiersThrough } from "./identifiers.ts";
import { type Every, traceText } from "./traced.ts";

const root = join(import.meta.dirname, "../..");

/** A large package that ships its TypeScript sources, or a part of it. */
export function openai(pattern: string): Files<string> {
  return filesOf(join(root, "node_modules/openai/src"), pattern);
}

/**
 * The corpus, but for the program in which names are shared: there tracing moves declarations, and compilers
 * rename what they could leave before.
 * @param pattern which files; by default those with endings that all compilers here take
 */
export function corpus(pattern = "*.{js,cjs,ts}"): Files<string> {
  const files = new Map(filesOf(join(root, "test/corpus"), pattern));
  files.delete("sharing-a-name.cjs");
  return files;
}

function filesOf(folder: string, pattern: string): Files<string> {
  const paths = globSync(pattern, { cwd: folder }).filter((path) => !path.endsWith(".d.ts"));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Where tracing made a difference to source maps, summed over files. */
export interface Difference {
  /** Identifiers that are led to themselves, traced and untraced. */
  readonly right: number;
  /** Identifiers that are led to themselves untraced only, with their files. */
  readonly lost: readonly string[];
  /** Identifiers that are led astray traced only, with their files. */
  readonly wrong: readonly string[];
}

/** The text emitter alone, against a map that leads every word of a file to itself. */
export function alone(files: Files<string>, every: Every): Difference {
  return compared(files, (source, file) => {
    const itself = new MagicString(source).generateMap({ source: file, hires: "boundary" }).toString();
    const traced = traceText(source, file, every);
    const untraced = identifiersOf(source, source, itself);
    return [untraced, traced === undefined ? untraced : identifiersOf(source, traced.code, traced.map)];
  });
}

/** The text emitter and then a compiler, against the compiler alone. */
export function beforeCompiler(files: Files<string>, every: Every, compile: Compile): Difference {
  const traced = new Map([...files].map(([file, source]) => [file, traceText(source, file, every)]));
  const bare = untracedBy(compile, files);
  const outputs = compile(new Map([...files].map(([file, source]) => [file, traced.get(file)?.code ?? source])));
  return compared(files, (source, file) => {
    const [untraced, output, map] = [bare.get(file)!, outputs.get(file)!, traced.get(file)?.map];
    return [
      identifiersOf(source, untraced.code, untraced.map),
      map === undefined
        ? identifiersOf(source, output.code, output.map)
        : identifiersThrough(source, output.code, output.map, map),
    ];
  });
}

/** A compiler and then the text emitter, which leads through the compiler's map, against the compiler alone. */
export function afterCompiler(files: Files<string>, every: Every, compile: Compile): Difference {
  const bare = untracedBy(compile, files);
  return compared(files, (source, file) => {
    const { code, map } = bare.get(file)!;
    const untraced = identifiersOf(source, code, map);
    const traced = traceText(code, file.replace(/ts$/, "js"), every, map);
    return [untraced, traced === undefined ? untraced : identifiersOf(source, traced.code, traced.map)];
  });
}

/** The tree emitter inside of a compiler, against the compiler alone. */
export function insideCompiler(files: Files<string>, compile: Compile, tracing: Compile): Difference {
  const [bare, outputs] = [untracedBy(compile, files), tracing(files)];
  return compared(files, (source, file) => {
    const [untraced, output] = [bare.get(file)!, outputs.get(file)!];
    return [identifiersOf(source, untraced.code, untraced.map), identifiersOf(source, output.code, output.map)];
  });
}

/** What compilers make of untraced files: the same for every comparison, and half of the time of each. */
const untraced = new WeakMap<Files<string>, Map<Compile, Files<Compiled>>>();

function untracedBy(compile: Compile, files: Files<string>): Files<Compiled> {
  const byCompiler = untraced.get(files) ?? new Map<Compile, Files<Compiled>>();
  untraced.set(files, byCompiler);
  const outputs = byCompiler.get(compile) ?? compile(files);
  byCompiler.set(compile, outputs);
  return outputs;
}

function compared(
  files: Files<string>,
  look: (source: string, file: string) => readonly [untraced: Identifiers, traced: Identifiers],
): Difference {
  const difference = { right: 0, lost: [] as string[], wrong: [] as string[] };
  for (const [file, source] of files) {
    const [untraced, traced] = look(source, file);
    const lost = [...untraced.right].filter((identifier) => !traced.right.has(identifier));
    const wrong = [...traced.wrong].filter((identifier) => !untraced.wrong.has(identifier));
    difference.right += untraced.right.size - lost.length;
    difference.lost.push(...lost.map((identifier) => `${file} ${identifier}`));
    difference.wrong.push(...wrong.map((identifier) => `${file} ${identifier}`));
  }
  return difference;
}
