/** Matchers for the `expect` of Vitest and of Jest. */

import { Trace, type TraceSpan } from "../client/entities.ts";
import type { SpanStatusCode } from "../span-api.ts";
import { lines, rootsOf, spanTree } from "./tree.ts";

/** What a span is to be like; what is absent may be anything. Values may be matchers, such as `expect.any(Number)`. */
export interface ExpectedSpan {
  /** The whole name, or an expression it matches. */
  readonly name?: string | RegExp;
  readonly spanType?: string;
  readonly status?: SpanStatusCode;
  /** The description of the status: the whole, or an expression it matches. */
  readonly error?: string | RegExp;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
  /** Attributes it has, beside others. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Names of events it has, beside others, in their order. */
  readonly events?: readonly string[];
  /** The name of the parent; `null` for a root. */
  readonly parent?: string | null;
}

/** What a matcher finds at `this`, of what Vitest and Jest put there. */
export interface MatcherContext {
  equals(a: unknown, b: unknown): boolean;
  readonly utils: { printExpected(value: unknown): string };
}

/** What a matcher says. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/**
 * The matchers as methods of `expect(...)`, to be merged into the types of the test runner; docs/testing.md says how.
 */
export interface SpanMatchers<R = unknown> {
  /** Whether one of the spans is like that; a string is a name. */
  toHaveSpan(expected: string | ExpectedSpan): R;
  /**
   * Whether the spans make up this tree: a name a line, each below its parent and further in, siblings in the order
   * of their start. A span that failed is `name ERROR`.
   */
  toHaveSpanTree(tree: string): R;
}

/**
 * The matchers `toHaveSpan` and `toHaveSpanTree`, for Vitest and Jest.
 *
 * @example expect.extend(spanMatchers);
 */
export const spanMatchers = {
  toHaveSpan(this: MatcherContext, received: unknown, expected: string | ExpectedSpan): MatcherResult {
    const traces = tracesIn(received);
    const wanted: ExpectedSpan = typeof expected === "string" ? { name: expected } : expected;
    const all = traces.flatMap(({ data }) => data.spans);
    const equals = (a: unknown, b: unknown) => this.equals(a, b);
    const found = all.find((span) => misfits(span, wanted, all, equals).length === 0);
    return {
      pass: found !== undefined,
      message: () => {
        const asked = this.utils.printExpected(expected);
        if (found !== undefined) return `expected no span like ${asked}, and there is one:\n${draw(traces)}`;
        return `expected a span like ${asked}; there are:\n${draw(traces, (span) => noteOn(span, wanted, all, equals))}`;
      },
    };
  },

  toHaveSpanTree(this: MatcherContext, received: unknown, expected: string): MatcherResult {
    const tree = spanTree(tracesIn(received));
    const wanted = normalized(expected);
    return {
      pass: tree === wanted,
      message: () =>
        tree === wanted
          ? `expected another tree of spans than\n${tree}`
          : `expected the tree of spans\n${wanted}\n\nand there is\n${tree === "" ? "none" : tree}`,
    };
  },
};

function tracesIn(received: unknown): readonly Trace[] {
  const given: unknown = typeof received === "object" && received !== null && "traces" in received ? received.traces : received; // biome-ignore format: one choice
  const traces = Array.isArray(given) ? given : [given];
  if (traces.every((trace) => trace instanceof Trace)) return traces;
  throw new TypeError("a matcher of spanwright/testing takes a trace, a list of traces, or what recordTraces returned");
}

type Equals = (a: unknown, b: unknown) => boolean;
type Fits = (span: TraceSpan, wanted: ExpectedSpan, all: readonly TraceSpan[], equals: Equals) => boolean;

/** How each part is compared. */
const FITS: Readonly<Record<keyof ExpectedSpan, Fits>> = {
  name: (span, { name }) => matches(span.name, name),
  spanType: (span, { spanType }) => span.spanType === spanType,
  status: (span, { status }) => span.status.statusCode === status,
  error: (span, { error }) => matches(span.status.description, error),
  inputs: (span, { inputs }, _, equals) => equals(span.inputs, inputs),
  outputs: (span, { outputs }, _, equals) => equals(span.outputs, outputs),
  attributes: (span, { attributes = {} }, _, equals) =>
    Object.entries(attributes).every(([key, value]) => equals(span.attributes[key], value)),
  events: (span, { events = [] }) => comeInOrder(events, span),
  parent: (span, { parent }, all) => (all.find(({ spanId }) => spanId === span.parentId)?.name ?? null) === parent,
};

/** The parts of a span that are not as wanted. */
function misfits(span: TraceSpan, wanted: ExpectedSpan, all: readonly TraceSpan[], equals: Equals): string[] {
  return Object.entries(FITS)
    .filter(([part, fits]) => Reflect.get(wanted, part) !== undefined && !fits(span, wanted, all, equals))
    .map(([part]) => part);
}

function matches(text: string, wanted: string | RegExp | undefined): boolean {
  return wanted === undefined || (typeof wanted === "string" ? text === wanted : text.search(wanted) >= 0);
}

function comeInOrder(names: readonly string[], { events }: TraceSpan): boolean {
  let at = 0;
  for (const { name } of events) if (name === names[at]) at += 1;
  return at === names.length;
}

/** The spans with what the reader of a failed test asks for first. */
function draw(traces: readonly Trace[], note: (span: TraceSpan) => string = () => ""): string {
  const line = (span: TraceSpan) => `${span.name} (${span.spanType}) ${json(span.inputs)} → ${span.status.statusCode === "ERROR" ? span.status.description : json(span.outputs)}${note(span)}`; // biome-ignore format: one line
  const drawn = traces.flatMap((trace) => rootsOf(trace).flatMap((root) => lines(root, line)));
  return drawn.length === 0 ? "none" : drawn.join("\n");
}

/** Of a span that has the name: what else is not as wanted. */
function noteOn(span: TraceSpan, wanted: ExpectedSpan, all: readonly TraceSpan[], equals: Equals): string {
  const parts = misfits(span, wanted, all, equals);
  return wanted.name === undefined || parts.includes("name") ? "" : `   ← differs in ${parts.join(", ")}`;
}

function json(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** A tree without the indentation of the code around it. */
function normalized(tree: string): string {
  const all = tree.split("\n").map((line) => line.trimEnd());
  const filled = all.filter((line) => line !== "");
  const indent = Math.min(...filled.map((line) => line.length - line.trimStart().length));
  return filled.map((line) => line.slice(indent)).join("\n");
}
