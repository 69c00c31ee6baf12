/** `spanwright instrument`: a copy of a folder with the spans written in, for builds that no plugin reaches. */

import { cpSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { parseArgs } from "node:util";
import { Build, failureOf, toStderr } from "../transformer/build.ts";
import { isFolder, scriptsBelow } from "../transformer/files.ts";
import { packageOptions } from "../transformer/package-options.ts";
import { readMapped } from "../transformer/script-map.ts";
import { buildText, formatByPackage } from "../transformer/text-build.ts";
import { type Command, CommandError, UsageError } from "./command.ts";
import { readFileOf } from "./reading.ts";

export const instrument: Command = {
  name: "instrument",
  synopsis: "<in> <out>",
  summary: "Copy a folder of JavaScript or TypeScript, with the spans written into the copy",
  details: [
    "in    the folder to copy; it is not changed, and its node_modules are left out",
    "out   the folder to write to, outside of the other one; files in it are overwritten",
    'Options stand under "spanwright" in package.json. Exits with 1 when a mark is wrong.',
  ],
  run(args) {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true });
    const [from, to, ...more] = positionals.map((path) => resolve(path));
    if (from === undefined || to === undefined || more.length > 0) throw new UsageError("it takes two folders");
    if (!isFolder(from)) {
      throw new CommandError("SW3514", `${from} is not a folder`, "Name the folder that holds the sources.");
    }
    if (`${to}${sep}`.startsWith(`${from}${sep}`) || `${from}${sep}`.startsWith(`${to}${sep}`)) {
      throw new CommandError("SW3515", "one folder lies within the other", "Write to a folder beside the sources.");
    }
    const build = new Build(packageOptions(process.cwd()), "spanwright instrument");
    cpSync(from, to, {
      recursive: true,
      filter: (path) => !/[\\/](?:node_modules|\.git)$/.test(path.slice(from.length)),
    });
    for (const source of scriptsBelow(from)) instrumentCopy(build, source, join(to, relative(from, source)));
    return failureOf(build.finish(toStderr)) === undefined ? 0 : 1;
  },
};

/** Writes a file with its spans, and its map beside it, over the copy of the file. */
function instrumentCopy(build: Build, source: string, target: string): void {
  const text = readFileOf(build, source, toStderr);
  if (text === undefined) return;
  const script = readMapped(source, text);
  const format = formatByPackage(source);
  const output = buildText(build, { id: source, code: script.code, format, inputMap: script.map }, toStderr);
  if (output === null) return;
  const { mapPath = source } = script;
  const sources = output.map.sources.map((path) => relative(dirname(target), resolve(dirname(mapPath), path ?? "")));
  writeFileSync(
    `${target}.map`,
    JSON.stringify({ ...output.map, sources: sources.map((path) => path.replaceAll("\\", "/")) }),
  );
  writeFileSync(target, `${output.code.trimEnd()}\n//# sourceMappingURL=${basename(target)}.map\n`);
}
