/**
 * One round of `spanwright build`: the scripts that the compiler has written get their spans, and what its
 * sources are marked with is compared with what arrived.
 */

import { writeFileSync } from "node:fs";
import type { SiteRow } from "../../runtime/contract.ts";
import type { Build, Report } from "../../transformer/build.ts";
import { diagnose } from "../../transformer/diagnostics.ts";
import { readSiteTable } from "../../transformer/emit/snippets.ts";
import { hostProblem, reasonOf } from "../../transformer/host-problems.ts";
import { type InstrumentResult, instrument } from "../../transformer/instrument.ts";
import { joinMapped } from "../../transformer/script-map.ts";
import { formatByPackage } from "../../transformer/text-build.ts";
import { lineStarts, skipTrivia } from "../../transformer/trivia.ts";
import type { TypeScriptProject } from "../project/tsconfig.ts";
import { readFileOf } from "../reading.ts";
import { type Output, outputsOf } from "./outputs.ts";
import type { SourceFile, Sources } from "./sources.ts";

/** Writes spans into what the compiler wrote for some projects. */
export function instrumentOutputs(
  build: Build,
  projects: readonly TypeScriptProject[],
  sources: Sources,
  report: Report,
): void {
  for (const project of projects) {
    for (const output of outputsOf(project, (path) => readFileOf(build, path, report))) {
      const { path, script, source = path } = output;
      if (!build.enters(source)) continue;
      const text = source === path ? script.code : readFileOf(build, source, report);
      if (text !== undefined) instrumentOutput(build, output, sources.of(source, text), report);
    }
  }
}

function instrumentOutput(build: Build, output: Output, source: SourceFile, report: Report): void {
  const { path, script } = output;
  const { root, options } = build;
  const { select = "marked" } = options;
  const lines = new Unmatched(source.sites);
  const origin = { id: source.path, line: (site: SiteRow) => lines.take(site)?.line ?? site.line };
  const format = formatByPackage(path);
  const result = instrument(script.code, path, { root, select, format, origin, inputMap: script.map });
  if (result?.map) write(build, output, result, report);
  const arrived = result?.sites ?? readSiteTable(script.code)?.rows ?? [];
  const unmatched = new Unmatched(source.marked);
  for (const site of arrived) unmatched.take(site);
  const unreadable = (result?.diagnostics ?? []).filter(({ code }) => code === "SW1001");
  const lost = source.path === path || unreadable.length > 0 ? [] : unmatched.left();
  const diagnostics = [
    ...source.diagnostics,
    ...(source.path === path ? [] : unreadable),
    ...lost.map(({ name, line }) =>
      diagnose("SW1020", source.path, source.text, startOf(source.text, line), `\`${name}\``),
    ),
  ];
  build.take(source.path, source.text, { sites: arrived, diagnostics }, report);
}

function write(build: Build, { path, script }: Output, result: InstrumentResult, report: Report): void {
  const { code, inputMapProblem } = result;
  if (inputMapProblem !== undefined) build.problem(hostProblem("SW3006", path, inputMapProblem), report);
  const leadsToSource = script.map !== undefined && inputMapProblem === undefined;
  const joined = joinMapped(script, code, leadsToSource ? result.map : null);
  // The map first: a script whose map is a moment old is read right, as no line moves.
  for (const [file, text] of [[script.mapPath, joined.map] as const, [path, joined.text] as const]) {
    try {
      if (file !== undefined && text !== undefined) writeFileSync(file, text);
    } catch (error) {
      build.problem(hostProblem("SW3005", file ?? path, "written", reasonOf(error)), report);
    }
  }
}

/** Functions of a source that nothing of its output was matched with yet. A compiler keeps names, and their order. */
class Unmatched {
  readonly #sites: SiteRow[];

  constructor(sites: readonly SiteRow[]) {
    this.#sites = [...sites];
  }

  /** The source's function that one of the output comes from. */
  take(site: SiteRow): SiteRow | undefined {
    const same = (other: SiteRow) => (other.qualified ?? other.name) === (site.qualified ?? site.name);
    const at = this.#sites.findIndex(same);
    const found = at >= 0 ? at : this.#sites.findIndex(({ name }) => name === site.name);
    return found < 0 ? undefined : this.#sites.splice(found, 1)[0];
  }

  left(): readonly SiteRow[] {
    return this.#sites;
  }
}

/** Offset of the first token of a line. */
function startOf(text: string, line: number): number {
  return skipTrivia(text, lineStarts(text)[line - 1] ?? 0);
}
