/** `spanwright doctor`: whether a project is set up so that its marks become spans. */

import { parseArgs } from "node:util";
import { type Command, UsageError } from "./command.ts";
import { CHECKS, type Finding } from "./doctor/checks.ts";
import { examine } from "./doctor/examined.ts";

export const doctor: Command = {
  name: "doctor",
  synopsis: "[folder] [--output folder] [--json]",
  summary: "Look for what keeps marks from becoming spans, and say what to do",
  details: [
    "folder            the project; this folder when absent",
    "--output folder   where its build goes; the outDir of tsconfig.json when absent",
    "--json            the findings as JSON",
    "Exits with 1 when something must be mended.",
  ],
  run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { output: { type: "string" }, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [folder = ".", ...more] = positionals;
    if (more.length > 0) throw new UsageError(`one folder at a time, not ${positionals.length}`);
    const project = examine(folder, values.output);
    const findings = CHECKS.flatMap(({ name, examine }) =>
      examine(project).map((finding) => ({ check: name, ...finding })),
    );
    process.stdout.write(values.json ? `${JSON.stringify(findings, null, 2)}\n` : findings.map(line).join(""));
    return findings.some(({ says }) => says === "problem") ? 1 : 0;
  },
};

const SIGNS: Readonly<Record<Finding["says"], string>> = { fine: "✓", warning: "!", problem: "✗" };

function line({ says, code, message, remedy }: Finding): string {
  const said = `${SIGNS[says]} ${code === undefined ? "" : `${code}: `}${message}\n`;
  return remedy === undefined ? said : `${said}  ${remedy}\n`;
}
