import { join } from "node:path";
import ts from "typescript";
import { compiledName, compilerOptionsOf, filesOf, write } from "../programs.ts";
import { compile, type Way } from "./emitters.ts";

export type Target = "ESNext" | "ES2017";

/** A program compiled by TypeScript: untraced, and with every function traced by the tree emitter. */
export interface TreeBuilds {
  readonly untraced: string;
  readonly tree: string;
}

/** @param folder takes the builds */
export function buildTree(folder: string, program: string, target: Target): TreeBuilds {
  const needed = compilerOptionsOf(program);
  const compilerOptions = {
    module: ts.ModuleKind.Preserve,
    inlineSourceMap: true,
    ...needed,
    // Syntax that no Node has is compiled away in any case.
    target: target === "ESNext" ? (needed?.target ?? ts.ScriptTarget.ESNext) : ts.ScriptTarget[target],
  };
  const build = (way: Way) =>
    write(
      join(folder, target, way),
      filesOf(program).map(({ name, text }) => ({
        name: compiledName(name),
        text: compile(way, text, name, compilerOptions).code,
      })),
    );
  return { untraced: build("untraced"), tree: build("tree") };
}
