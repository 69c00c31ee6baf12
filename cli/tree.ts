/** The spans of a trace as the lines of a tree, with the guides that connect them. */

import type { StoredSpan } from "../runtime/delivery/reader.ts";

/** A line of the tree. */
export interface TreeLine<Span> {
  /** `undefined` on the line above the spans whose parent is not among them. */
  readonly span: Span | undefined;
  /** What stands before the span. */
  readonly guides: string;
  /** What stands before a further line about the span. */
  readonly guidesBelow: string;
  /** Number of failed spans anywhere below this one. */
  readonly failedBelow: number;
}

interface Node<Span> {
  readonly span: Span | undefined;
  parent: Node<Span> | undefined;
  children: Node<Span>[];
  failedBelow: number;
}

/**
 * Orders spans as a tree, children by their start. Spans whose parent is missing, or that are their own
 * ancestor, stand under a line of their own at the end.
 * @param guideCells the guides take at most so many cells; in a deeper tree their left part is left out
 */
export function treeLines<Span extends StoredSpan>(spans: readonly Span[], guideCells: number): TreeLine<Span>[] {
  const nodes = inTreeOrder(plant(spans));
  for (const { span, parent, failedBelow } of nodes.toReversed()) {
    if (parent !== undefined) parent.failedBelow += failedBelow + (span?.status === "ERROR" ? 1 : 0);
  }

  const lines: TreeLine<Span>[] = [];
  const stems = new Map<Node<Span>, string>();
  for (const node of nodes) {
    const { span, parent, children, failedBelow } = node;
    const stem = parent === undefined ? "" : (stems.get(parent) ?? "");
    const isLast = parent?.children.at(-1) === node;
    const guides = parent === undefined ? "" : stem + (isLast ? "└─ " : "├─ ");
    const ownStem = parent === undefined ? "" : clip(stem + (isLast ? "   " : "│  "), guideCells - 3);
    stems.set(node, ownStem);
    lines.push({ span, guides, guidesBelow: ownStem + (children.length > 0 ? "│  " : "   "), failedBelow });
  }
  return lines;
}

/** The nodes that have no parent, their descendants attached to them. */
function plant<Span extends StoredSpan>(spans: readonly Span[]): Node<Span>[] {
  const nodes = spans.toSorted(byStart).map((span): Node<Span> => newNode(span));
  const byId = new Map(nodes.map((node) => [node.span?.spanId, node]));
  const roots: Node<Span>[] = [];
  const orphanage = newNode<Span>();
  for (const node of nodes) {
    if (node.span?.parentId === undefined) roots.push(node);
    else attach(node, byId.get(node.span.parentId) ?? orphanage);
  }
  adoptCircles(nodes, roots, orphanage);
  return orphanage.children.length > 0 ? [...roots, orphanage] : roots;
}

/** Spans that are their own ancestors hang from nothing; the earliest of each circle is taken out of it. */
function adoptCircles<Span>(nodes: readonly Node<Span>[], roots: readonly Node<Span>[], orphanage: Node<Span>): void {
  const reached = new Set(inTreeOrder([...roots, orphanage]));
  for (const node of nodes) {
    if (reached.has(node)) continue;
    const parent = node.parent;
    if (parent !== undefined) parent.children = parent.children.filter((child) => child !== node);
    attach(node, orphanage);
    for (const found of inTreeOrder([node])) reached.add(found);
  }
}

/** Parents before their children; without recursion, a trace may be deeper than the stack. */
function inTreeOrder<Span>(roots: readonly Node<Span>[]): Node<Span>[] {
  const order: Node<Span>[] = [];
  const open = roots.toReversed();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    order.push(node);
    for (const child of node.children.toReversed()) open.push(child);
  }
  return order;
}

function newNode<Span>(span?: Span): Node<Span> {
  return { span, parent: undefined, children: [], failedBelow: 0 };
}

function attach<Span>(node: Node<Span>, parent: Node<Span>): void {
  node.parent = parent;
  parent.children.push(node);
}

function byStart(a: StoredSpan, b: StoredSpan): number {
  return a.startUs - b.startUs || a.startNs - b.startNs || a.row - b.row;
}

function clip(guides: string, cells: number): string {
  return guides.length <= cells ? guides : `…${guides.slice(guides.length - cells + 1)}`;
}
