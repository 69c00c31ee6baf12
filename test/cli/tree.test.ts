import { expect, test } from "vitest";
import { treeLines } from "../../cli/tree.ts";
import { shownSpan } from "./traces.ts";

/** A span of each row, with its parent's row and its start in milliseconds; its name is its row. */
function tree(spans: readonly (readonly [row: number, parent: number | undefined, start: number])[]): string[] {
  const shown = spans.map(([row, parent, start]) => shownSpan(row, parent, String(row), [start, 1]));
  return treeLines(shown, 60).map(({ guides, span }) => guides + (span?.name ?? "(lost)"));
}

test("children stand below their parent, in the order of their start", () => {
  expect(
    tree([
      [1, 4, 30],
      [2, 4, 10],
      [3, 2, 11],
      [4, undefined, 0],
    ]),
  ).toEqual(["4", "├─ 2", "│  └─ 3", "└─ 1"]);
});

test("children that start together stand in the order they were written", () => {
  expect(
    tree([
      [3, 1, 5],
      [2, 1, 5],
      [1, undefined, 0],
    ]),
  ).toEqual(["1", "├─ 2", "└─ 3"]);
});

test("several roots stand side by side", () => {
  expect(
    tree([
      [1, undefined, 1],
      [2, undefined, 0],
      [3, 1, 2],
    ]),
  ).toEqual(["2", "1", "└─ 3"]);
});

test("spans whose parent is missing keep their children, below a line of their own", () => {
  expect(
    tree([
      [1, 99, 1],
      [2, 1, 2],
      [3, undefined, 0],
      [4, 98, 0],
    ]),
  ).toEqual(["3", "(lost)", "├─ 4", "└─ 1", "   └─ 2"]);
});

test.for<[what: string, spans: readonly (readonly [number, number, number])[], lines: string[]]>([
  ["its own parent", [[1, 1, 0]], ["(lost)", "└─ 1"]],
  [
    "its own grandparent",
    [
      [1, 2, 0],
      [2, 1, 1],
      [3, 2, 2],
    ],
    ["(lost)", "└─ 1", "   └─ 2", "      └─ 3"],
  ],
])("a span that is %s is shown once", ([, spans, lines]) => {
  expect(tree(spans)).toEqual(lines);
});

test("two spans with one id are both shown", () => {
  const spans = [shownSpan(1, undefined, "a", [0, 1]), shownSpan(1, undefined, "b", [0, 1])];
  expect(treeLines(spans, 60).map(({ span }) => span?.name)).toEqual(["a", "b"]);
});

test("a failure is counted on every span above it", () => {
  const spans = [
    shownSpan(1, undefined, "root", [0, 9]),
    shownSpan(2, 1, "middle", [1, 9], { status: "ERROR" }),
    shownSpan(3, 2, "leaf", [2, 9], { status: "ERROR" }),
    shownSpan(4, 1, "beside", [3, 9]),
  ];
  expect(treeLines(spans, 60).map(({ span, failedBelow }) => [span?.name, failedBelow])).toEqual([
    ["root", 2],
    ["middle", 1],
    ["leaf", 0],
    ["beside", 0],
  ]);
});

test("a tree deeper than the call stack has guides of bounded width", () => {
  const spans = Array.from({ length: 50_000 }, (_, n) => shownSpan(n, n === 0 ? undefined : n - 1, "f", [n, 1]));
  const lines = treeLines(spans, 30);
  expect(lines).toHaveLength(50_000);
  expect(Math.max(...lines.map(({ guides }) => guides.length))).toBe(30);
  expect(Math.max(...lines.map(({ guidesBelow }) => guidesBelow.length))).toBe(30);
});
