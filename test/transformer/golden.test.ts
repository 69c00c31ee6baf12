import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { FunctionKind } from "../../runtime/contract.ts";
import { findFunctions } from "../../transformer/functions.ts";
import { DIAGNOSTICS, formatDiagnostic, instrument } from "../../transformer/instrument.ts";
import { parseWithOxc } from "../../transformer/parse/oxc.ts";
import type { FunctionSite, Point } from "../../transformer/plan.ts";
import { selectFunctions } from "../../transformer/select.ts";
import type { FunctionForm } from "../../transformer/syntax.ts";
import { type GoldenInput, golden, goldenInputs } from "../golden-inputs.ts";
import { instrumentChecked } from "./harness.ts";

/** `vitest -u` writes the golden files; reading their difference is reviewing the transform. */

describe("emitted text and diagnostics", () => {
  test.each(goldenInputs.map((input) => [input.name, input] as const))("%s", async (name, { id, extension, text }) => {
    const result = instrumentChecked(text, id, { root: process.cwd() });
    const output = join(golden, name, `output${extension}`);
    const report = join(golden, name, "diagnostics.txt");
    if (result.map) await expect(result.code).toMatchFileSnapshot(output);
    else expect(existsSync(output)).toBe(false);
    const said = result.diagnostics.map(formatDiagnostic).join("\n");
    if (said) await expect(said).toMatchFileSnapshot(report);
    else expect(existsSync(report)).toBe(false);
  });
});

describe("every shape", () => {
  const ALL = ["sync", "async", "generator", "asyncGenerator"] as const;
  const ASYNC = ["async", "asyncGenerator"] as const;
  const GENERATORS = ["generator", "asyncGenerator"] as const;

  /** The kinds of functions that each shape exists in. */
  const SHAPES: Readonly<Record<Point["is"] | Outline, readonly FunctionKind[]>> = {
    "block body": ALL,
    "expression body": ["sync", "async"],
    "marker call": ALL,
    "marker call with code": ALL,
    wrapper: ALL,
    "wrapper with code": ALL,
    return: ALL,
    leave: ["sync", "async"],
    await: ASYNC,
    yield: GENERATORS,
    delegate: GENERATORS,
    forAwait: ASYNC,
    handler: ["async", "generator", "asyncGenerator"],
    resource: ASYNC,
    disposing: ASYNC,
    loopResource: ASYNC,
    var: ALL,
    replaced: ALL,
  };

  const FORMS: Readonly<Record<FunctionForm, readonly FunctionKind[]>> = {
    declaration: ALL,
    expression: ALL,
    method: ALL,
    arrow: ["sync", "async"],
    getter: ["sync"],
    setter: ["sync"],
    constructor: ["sync"],
  };

  const seen = new Set(goldenInputs.filter(({ name }) => name.startsWith("kinds/")).flatMap(combinations));

  test.each(Object.entries({ ...SHAPES, ...FORMS }))("%s is among the golden files of each kind", (shape, kinds) => {
    expect([...seen].filter((combination) => combination.endsWith(` ${shape}`)).sort()).toEqual(
      kinds.map((kind) => `${kind} ${shape}`).sort(),
    );
  });
});

type Outline =
  | "block body"
  | "expression body"
  | "marker call"
  | "marker call with code"
  | "wrapper"
  | "wrapper with code";

/** What is traced in a file, each as its function's kind and a shape or form. */
function combinations({ id, text }: GoldenInput): string[] {
  const syntax = parseWithOxc(text, id, "unambiguous");
  const { plan } = selectFunctions(syntax, { id, file: id, importBy: "import", select: "marked", strict: false });
  const forms = new Map(findFunctions(syntax, new Set()).functions.map(({ start, form }) => [start, form]));
  return (plan?.sites ?? []).flatMap((site) => {
    const shapes = [...outlines(site), ...site.points.map(({ is }) => is), forms.get(site.start)];
    return shapes.map((shape) => `${site.row.kind ?? "sync"} ${shape}`);
  });
}

function outlines({ body, marker, wrapper }: FunctionSite): Outline[] {
  const found: Outline[] = [body.block ? "block body" : "expression body"];
  if (marker) found.push(marker.stays ? "marker call with code" : "marker call");
  if (wrapper) found.push(wrapper.stays ? "wrapper with code" : "wrapper");
  return found;
}

describe("every diagnostic", () => {
  const folders = readdirSync(join(golden, "diagnostics"));
  const codeOf = (folder: string) => folder.slice(0, "SW1000".length);

  test("has golden files, and every golden file is of one", () => {
    expect([...new Set(folders.map(codeOf))].sort()).toEqual(Object.keys(DIAGNOSTICS).sort());
  });

  test.each(folders)("%s says what was seen, where, and what to do", (folder) => {
    const reports = readFileSync(join(golden, "diagnostics", folder, "diagnostics.txt"), "utf8").split(/\n(?=\S)/);
    for (const report of reports) {
      const [, severity = "", code = ""] = /^\S+:\d+:\d+ - (error|warning) (SW\d{4}): \S/.exec(report) ?? [];
      expect([code, severity]).toEqual([codeOf(folder), severityOf(codeOf(folder))]);
      expect(report).toMatch(/^ {2}\d+ \| .*\n +\^$/m);
      expect(report).toMatch(/\n\n {2}\S.*\.\n$/);
    }
  });
});

function severityOf(code: string): string | undefined {
  return Object.entries(DIAGNOSTICS).find(([known]) => known === code)?.[1].severity;
}

test("SW1009 has each of its causes", () => {
  const causes = goldenInputs
    .filter(({ name }) => name.startsWith("diagnostics/SW1009"))
    .map(({ id, text }) => instrument(text, id)?.diagnostics.map(({ message }) => message.replace(/.*: /, "")));
  expect(causes).toEqual([
    ["it declares `await using` in the head of a `for (;;)`"],
    ["its constructor declares functions, which `super(…)` may call before they could be traced"],
    ["it has no body"],
  ]);
});

test("`strict` makes errors of warnings, and changes nothing else", () => {
  for (const { id, text } of goldenInputs.filter(({ name }) => name.startsWith("diagnostics/"))) {
    const [lenient, strict] = [false, true].map((strict) => instrument(text, id, { strict }));
    expect(strict?.code).toBe(lenient?.code);
    expect(strict?.diagnostics).toEqual(
      lenient?.diagnostics.map((diagnostic) => ({ ...diagnostic, severity: "error" })),
    );
  }
});
