import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Node } from "oxc-parser";
import { expect, test } from "vitest";
import { type FoundFunction, findFunctions } from "../../transformer/functions.ts";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";

/** What is not wanted may be left unread; of what is wanted, the same must be found as when all of a file is read. */

const root = join(import.meta.dirname, "..");
const MARKERS = new Set(["trace"]);
const sources = [
  ...globSync("{corpus,fixtures/agreement}/*.{js,mjs,cjs,ts,mts,cts,jsx,tsx}", { cwd: root }),
  ...globSync("golden/**/input.*", { cwd: root }),
];

test.each(sources)("%s", (file) => {
  const syntax = parseWithOxc(readFileSync(join(root, file), "utf8"), file, "unambiguous");
  const all = findFunctions(syntax, MARKERS);
  for (const found of all.functions) {
    for (const anchor of found.anchors) {
      const marked = findFunctions(syntax, MARKERS, new Set([anchor]));
      expect(having(marked.functions, anchor)).toEqual(having(all.functions, anchor));
    }
    if (found.marker) expectSame(found, found.marker.callee.start);
    if (found.wrapper) expectSame(found, found.wrapper.start);
  }
  for (const { anchors } of all.classes) {
    for (const anchor of anchors) {
      const marked = findFunctions(syntax, MARKERS, new Set([anchor]));
      const members = ({ owner }: FoundFunction<Node>) => owner?.anchors.includes(anchor) === true;
      expect(marked.functions.filter(members).map(plain)).toEqual(all.functions.filter(members).map(plain));
      expect(marked.classes.filter((found) => found.anchors.includes(anchor))).toHaveLength(1);
    }
  }
  for (const anchor of all.bodiless) {
    expect(findFunctions(syntax, MARKERS, new Set([anchor])).bodiless).toContain(anchor);
  }
  for (const at of all.strayMarkers) {
    expect(findFunctions(syntax, MARKERS, new Set([at])).strayMarkers).toContain(at);
  }

  function expectSame(found: FoundFunction<Node>, wanted: number): void {
    const { functions } = findFunctions(syntax, MARKERS, new Set([wanted]));
    expect(functions.filter(({ start }) => start === found.start).map(plain)).toEqual([plain(found)]);
  }
});

function having(functions: readonly FoundFunction<Node>[], anchor: number) {
  return functions.filter(({ anchors }) => anchors.includes(anchor)).map(plain);
}

/**
 * Without its anchors, as those of signatures that are not wanted may be missing, and without the numbers of
 * resources, which need to differ and no more.
 */
function plain({ points, anchors: _, ...found }: FoundFunction<Node>) {
  return { ...found, points: JSON.parse(JSON.stringify(points, (key, value) => (key === "index" ? 0 : value))) };
}
