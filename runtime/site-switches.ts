/**
 * Switches for single traced functions, at run time: `src/db/**=off, src/db/pool.ts#connect=on, src/feed/**=0.1`.
 * The last one that fits decides.
 */

import { report } from "./diagnostics.ts";
import { isRatio } from "./sampling.ts";

/** What a switch says of a function: not recorded, recorded, or the part of the traces it is the root of. */
type Setting = "on" | "off" | number;

interface SiteSwitch {
  readonly file: RegExp;
  /** Fits every function when absent. */
  readonly name: RegExp | undefined;
  readonly setting: Setting;
}

const state: { switches: readonly SiteSwitch[] } = { switches: [] };

/** Sets the switches in force; entries that cannot be read are reported and left out. */
export function setSwitches(text: string | undefined): void {
  state.switches = (text ?? "")
    .split(/[,;\s]+/)
    .filter((entry) => entry !== "")
    .flatMap((entry) => readSwitch(entry) ?? []);
}

/** What the switches say of a function; `undefined` when none fits. */
export function settingOf(file: string, name: string): Setting | undefined {
  return state.switches.findLast((each) => each.file.test(file) && (each.name?.test(name) ?? true))?.setting;
}

function readSwitch(entry: string): SiteSwitch | undefined {
  const [, file, name, word] = /^([^#=]+)(?:#([^=]+))?=(.+)$/.exec(entry) ?? [];
  const setting = settingOfWord(word);
  if (file === undefined || setting === undefined) {
    report(
      "SW2121",
      `the switch ${JSON.stringify(entry)} for traced functions cannot be read`,
      "Write <files>=on, <files>=off or <files>=<ratio>, with a name after # for single functions: src/db/**#load=off",
    );
    return undefined;
  }
  return { file: globOf(file.replace(/^\.\//, "")), name: name === undefined ? undefined : globOf(name), setting };
}

function settingOfWord(word: string | undefined): Setting | undefined {
  if (word === "on" || word === "off") return word;
  const ratio = word === undefined ? undefined : Number(word);
  return isRatio(ratio) ? ratio : undefined;
}

/** `**` is any number of folders, `*` any characters of one part, `?` one of them. */
function globOf(glob: string): RegExp {
  const source = glob.replace(/\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (token) => GLOB_TOKENS[token] ?? `\\${token}`);
  return new RegExp(`^${source}$`);
}

const GLOB_TOKENS: Readonly<Record<string, string>> = { "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
