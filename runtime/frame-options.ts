/** What the options of a marker call do to the span of a call that has just begun. */

import { entriesOf } from "./attributes.ts";
import type { FrameOptions } from "./contract.ts";
import { report } from "./diagnostics.ts";
import type { SeedOptions } from "./provider.ts";
import { redactionPaths } from "./redaction-paths.ts";
import { isRatio } from "./sampling.ts";
import { RecordedSpan } from "./span.ts";
import type { CallSpan } from "./span-api.ts";
import { isReadable } from "./span-arguments.ts";

/** What options need to know of the function they are of. */
export interface OptionSite {
  /** The function and its place, for messages. */
  readonly place: string;
  /** What the build has read of the option; its call may have it again. */
  readonly samplingRatio?: number | undefined;
}

type Apply = (span: CallSpan, value: unknown, site: OptionSite) => void;

/** One row an option; `outputs` and `outputReducer` are the frame's own affair. */
const APPLY: Readonly<Record<keyof FrameOptions, Apply>> = {
  name: (span, name, { place }) => {
    if (typeof name === "string") span.updateName(name);
    else reportOption("name", "a string", place);
  },
  spanType: (span, type, { place }) => {
    if (typeof type === "string") span.setSpanType(type);
    else reportOption("spanType", "a string, such as SpanType.LLM", place);
  },
  attributes: (span, attributes) => {
    for (const [key, value] of entriesOf(attributes, "trace({ attributes })")) span.setAttribute(key, value);
  },
  inputs: (span, inputs, { place }) => {
    if (inputs === false) span.captureInputs(undefined);
    else if (Array.isArray(inputs)) span.captureInputs(pick(span.inputs, inputs));
    else reportOption("inputs", "false or a list of parameter names", place);
  },
  root: (span, root, { place }) => {
    if (root !== true) return;
    if (span instanceof RecordedSpan) span.uproot();
    else reportOption("root", "set in the comment: another tracer provider has made the span already", place);
  },
  redact: (span, paths, { place }) => {
    if (isPaths(paths)) span.redactAt(redactionPaths(paths));
    else reportOption("redact", SEED_CHECKS.redact.wanted, place);
  },
  experimentId: (span, id, { place }) => {
    if (typeof id !== "string") reportOption("experimentId", "a string", place);
    else if (span instanceof RecordedSpan && span.isLocalRoot) span.trace.experimentId = id;
    else reportOption("experimentId", "set on the root of a trace", place);
  },
  outputs: () => {},
  outputReducer: () => {},
  samplingRatio: (_span, ratio, { place, samplingRatio }) => {
    if (ratio === samplingRatio) return;
    const wanted = "a literal: whether a call is recorded is decided before options are evaluated";
    reportOption("samplingRatio", wanted, place);
  },
};

/** Applies the options that are there; reports those that are none. */
export function applyOptions(span: CallSpan, options: FrameOptions, site: OptionSite): void {
  for (const [key, value] of entriesOf(options, "trace(...)")) {
    if (value === undefined) continue;
    if (isOption(key)) APPLY[key](span, value, site);
    else reportOption(key, `one of ${Object.keys(APPLY).join(", ")}`, site.place);
  }
}

interface SeedCheck {
  readonly wanted: string;
  readonly passes: (value: unknown) => boolean;
}

/** What must be known before a span is made. */
const SEED_CHECKS: Readonly<Record<keyof SeedOptions, SeedCheck>> = {
  redact: { wanted: 'a list of paths, such as "user.email"', passes: isPaths },
  experimentId: { wanted: "a string", passes: (value) => typeof value === "string" },
  samplingRatio: { wanted: "a number from 0 to 1", passes: isRatio },
};

/** The options of a wrapper: those its spans are made with, and those that are applied to each; reports misfits. */
export function seedOptionsOf(options: FrameOptions, place: string): readonly [SeedOptions, FrameOptions] {
  const seeds: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  for (const [key, value] of entriesOf(options, "trace(...)")) {
    if (!isSeedOption(key)) rest[key] = value;
    else if (value === undefined || SEED_CHECKS[key].passes(value)) seeds[key] = value;
    else reportOption(key, SEED_CHECKS[key].wanted, place);
  }
  return [seeds, rest];
}

function isSeedOption(key: string): key is keyof SeedOptions {
  return Object.hasOwn(SEED_CHECKS, key);
}

function isPaths(value: unknown): value is string[] {
  return isReadable(value) && Array.isArray(value) && value.every((path) => typeof path === "string");
}

function isOption(key: string): key is keyof FrameOptions {
  return Object.hasOwn(APPLY, key);
}

function pick(inputs: unknown, names: readonly unknown[]): string {
  if (typeof inputs !== "object" || inputs === null) return "{}";
  return JSON.stringify(Object.fromEntries(Object.entries(inputs).filter(([name]) => names.includes(name))));
}

function reportOption(option: string, wanted: string, place: string): void {
  report("SW2110", `the option ${option} of trace(...) in ${place} cannot be used`, `It must be ${wanted}.`);
}
