/** `spanwright check`: every mark of a project, and what is wrong with it. */

import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Build, type BuildOutcome, type Report, summaryOf } from "../transformer/build.ts";
import type { Diagnostic } from "../transformer/diagnostics.ts";
import { formatDiagnostic } from "../transformer/diagnostics.ts";
import { isFolder, scriptsBelow } from "../transformer/files.ts";
import { inspect, type TracedFunction } from "../transformer/instrument.ts";
import { packageOptions } from "../transformer/package-options.ts";
import { type Command, CommandError, UsageError } from "./command.ts";
import { readFileOf } from "./reading.ts";

export const check: Command = {
  name: "check",
  synopsis: "[paths] [--format text|json|github] [--sites file] [--strict]",
  summary: "Find every mark of a project, say what is wrong with it, and list what would be traced",
  details: [
    "paths           files, or folders to look through; this folder when absent",
    "--format f      text, json, or github for annotations of a pull request",
    "--sites file    write the list of the functions that would be traced, as JSON",
    "--strict        warnings count as errors",
    'Other options stand under "spanwright" in package.json. Exits with 1 when there is an error.',
  ],
  run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        format: { type: "string", default: "text" },
        sites: { type: "string" },
        strict: { type: "boolean" },
      },
      allowPositionals: true,
    });
    const format = FORMATS[values.format];
    if (format === undefined) {
      throw new UsageError(`--format takes ${Object.keys(FORMATS).join(", ")}, not "${values.format}"`);
    }
    const { sites, strict } = values;
    const configured = packageOptions(process.cwd());
    const options = {
      ...configured,
      ...(sites && { sites: resolve(sites) }),
      ...(strict && { strict }),
      summary: false,
    };
    const build = new Build(options, "spanwright check");
    const findings = examine(build, positionals.length > 0 ? positionals : ["."]);
    process.stdout.write(format(findings));
    return findings.outcome.errors > 0 ? 1 : 0;
  },
};

/** What there is to say of a project's marks. */
interface Findings {
  readonly functions: readonly TracedFunction[];
  readonly diagnostics: readonly Diagnostic[];
  /** Problems of the project as a whole, ready to be shown. */
  readonly problems: readonly { readonly severity: Diagnostic["severity"]; readonly message: string }[];
  readonly outcome: BuildOutcome;
}

function examine(build: Build, paths: readonly string[]): Findings {
  const functions: TracedFunction[] = [];
  const diagnostics: Diagnostic[] = [];
  const problems: Findings["problems"][number][] = [];
  const report: Report = (message, severity) => problems.push({ message, severity });
  const { root, options } = build;
  const { select = "marked", strict = false } = options;
  for (const path of new Set(paths.flatMap(filesAt))) {
    if (!build.enters(path)) continue;
    const text = readFileOf(build, path, report);
    if (text === undefined) continue;
    const result = inspect(text, path, { root, select, strict });
    functions.push(...(result?.sites ?? []));
    diagnostics.push(...(result?.diagnostics ?? []));
    build.take(path, text, result ?? { sites: [], diagnostics: [] }, () => {});
  }
  const outcome = build.finish(report);
  return { functions, diagnostics, problems, outcome };
}

function filesAt(path: string): string[] {
  const absolute = resolve(path);
  if (isFolder(absolute)) return scriptsBelow(absolute);
  if (existsSync(absolute)) return [absolute];
  throw new CommandError("SW3516", `there is no ${absolute}`, "Name files, or folders to look through.");
}

/** How findings are written. A new format is a new row. */
const FORMATS: Readonly<Record<string, (findings: Findings) => string>> = { text, json, github };

function text({ functions, diagnostics, problems, outcome }: Findings): string {
  const traced = functions.map(({ file, line, qualified, name }) => `${file}:${line}  ${qualified ?? name}\n`);
  const said = [
    ...diagnostics.map((diagnostic) => `${formatDiagnostic(shown(diagnostic))}\n`),
    ...problems.map(({ message }) => `${message}\n`),
  ];
  return `${traced.join("")}${said.length > 0 ? `\n${said.join("")}` : ""}${summaryOf(outcome)}\n`;
}

function json({ functions, diagnostics, problems }: Findings): string {
  return `${JSON.stringify({ functions, diagnostics: diagnostics.map(shown), problems }, null, 2)}\n`;
}

/** @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions */
function github({ diagnostics, problems, outcome }: Findings): string {
  const lines = diagnostics.map(shown).map(({ severity, file, line, column, code, message, remedy }) => {
    const place = `file=${escaped(file, true)},line=${line},col=${column},title=${code}`;
    return `::${severity} ${place}::${escaped(`${message}\n${remedy}`, false)}`;
  });
  const whole = problems.map(({ severity, message }) => `::${severity}::${escaped(message, false)}`);
  return `${[...lines, ...whole, summaryOf(outcome)].join("\n")}\n`;
}

function escaped(value: string, isProperty: boolean): string {
  const data = value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
  return isProperty ? data.replaceAll(":", "%3A").replaceAll(",", "%2C") : data;
}

/** A diagnostic that names its file as seen from this folder. */
function shown(diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, file: relative(process.cwd(), diagnostic.file).replaceAll("\\", "/") };
}
