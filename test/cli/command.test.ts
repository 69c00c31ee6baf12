import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import type { FinishedSpan } from "../../runtime/delivery/destination.ts";
import { DEFAULT_STORE, openStore } from "../../runtime/delivery/store.ts";
import { newFolder } from "../store/folder.ts";
import { finishedSpan, START_US, traceInfo } from "../store/spans.ts";
import { cli, spanwright } from "./spanwright.ts";

/** A folder whose store holds these spans. */
function folderWith(spans: readonly FinishedSpan[]): string {
  const folder = newFolder();
  const store = openStore(join(folder, DEFAULT_STORE));
  store.write(spans);
  store.close();
  return folder;
}

const rootSpan = (id: string, name: string, start: number) =>
  finishedSpan({ trace: traceInfo({ traceId: id.padEnd(32, "0") }), name, startUs: START_US + start });

const three = [rootSpan("ab1", "first", 1), rootSpan("ab2", "third", 3), rootSpan("c3", "second", 2)];

test("show shows the newest trace", () => {
  const folder = folderWith([{ ...rootSpan("ab", "add", 0), inputs: '{"x":1,"y":2}', outputs: "3" }]);
  expect(spanwright(folder, ["show"])).toEqual({
    status: 0,
    stderr: "",
    stdout: `✓ add · OK · 1.00 µs · 1 span · 2025-11-22 08:26:40
  ${"ab".padEnd(32, "0")}

add   1.00 µs  ${"━".repeat(85)}
   x: 1, y: 2 → 3
`,
  });
});

test.for<[args: string, names: string[]]>([
  ["show", ["third"]],
  ["show --last 2", ["second", "third"]],
  ["show --last 99", ["first", "second", "third"]],
  ["show c", ["second"]],
  [`show ${"ab1".padEnd(32, "0")}`, ["first"]],
  [`show tr-${"AB1".padEnd(32, "0")}`, ["first"]],
])('"%s" shows the traces %s', ([args, names]) => {
  const { stdout } = spanwright(folderWith(three), args.split(" "));
  expect([...stdout.matchAll(/^✓ (\w+)/gm)].map(([, name]) => name)).toEqual(names);
});

test("show reads the store that --store names", () => {
  const folder = folderWith(three);
  const { status, stdout } = spanwright(newFolder(), ["show", "--store", join(folder, DEFAULT_STORE)]);
  expect([status, stdout.split("\n")[0]]).toEqual([0, "✓ third · OK · 1.00 µs · 1 span · 2025-11-22 08:26:40"]);
});

test.for<[what: string, args: string[], spans: FinishedSpan[] | undefined, message: string, remedy: string]>([
  [
    "there is no store",
    ["show"],
    undefined,
    "SW2010: there is no trace store at ",
    "Run a traced program from this folder",
  ],
  [
    "the store is empty",
    ["show"],
    [],
    "SW3502: the store .spanwright/traces.db holds no trace",
    'Put "// @trace" above',
  ],
  [
    "no trace has the id",
    ["show", "ff"],
    three,
    'SW3503: the store .spanwright/traces.db holds no trace whose id begins with "ff"',
    "See the ids of the newest ones with --last 5.",
  ],
  [
    "several traces have the id",
    ["show", "ab"],
    three,
    'SW3504: several traces have an id that begins with "ab"',
    `Write more of it:\n    ab2${"0".repeat(29)}  third\n    ab1${"0".repeat(29)}  first\n`,
  ],
])("a command that cannot be followed ends with 1 and says what to do: %s", ([, args, spans, message, remedy]) => {
  const { status, stdout, stderr } = spanwright(spans === undefined ? newFolder() : folderWith(spans), args);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toContain(`spanwright: ${message}`);
  expect(stderr).toContain(`\n  ${remedy}`);
});

const commands = "the commands are: build, check, doctor, instrument, show, stats";

test.for<[args: string, message: string, help: string]>([
  ["shwo", `there is no command "shwo"; ${commands}`, "--help"],
  ["--lats", `there is no option "--lats"; ${commands}`, "--help"],
  ["show --lats 3", "Unknown option '--lats'", "show --help"],
  ["show --last", "Option '--last <value>' argument missing", "show --help"],
  ["show --last 0", '--last takes a number from 1 to 999999, not "0"', "show --help"],
  ["show --last two", '--last takes a number from 1 to 999999, not "two"', "show --help"],
  ["show ab c3", "one trace id at a time, not 2", "show --help"],
  ["show ab --last 2", "a trace id and --last exclude each other", "show --help"],
])('"%s" is refused with 2', ([args, message, help]) => {
  expect(spanwright(newFolder(), args.split(" "))).toEqual({
    status: 2,
    stdout: "",
    stderr: `spanwright: SW3501: ${message}\n  See: spanwright ${help}\n`,
  });
});

test.for([[], ["--help"], ["-h"]])("the help names every command: %s", (args) => {
  const { status, stdout, stderr } = spanwright(newFolder(), args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^ {2}show \[traceId\] \[--last n\] \[--store path\] +Show the newest trace/m);
});

test("a command's help names its arguments and options", () => {
  const { status, stdout } = spanwright(newFolder(), ["show", "--help"]);
  expect(status).toBe(0);
  expect([...stdout.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name)).toEqual(["traceId", "--last", "--store"]);
});

test.for(["--version", "-v"])("%s is the package's", (option) => {
  const manifest: { version: string } = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"),
  );
  expect(spanwright(newFolder(), [option]).stdout).toBe(`${manifest.version}\n`);
});

test.for<[what: string, variables: NodeJS.ProcessEnv, isColored: boolean]>([
  ["none into a pipe", {}, false],
  ["some into a pipe when forced", { FORCE_COLOR: "1" }, true],
  ["none when refused", { NO_COLOR: "1" }, false],
])("colours: %s", ([, variables, isColored]) => {
  expect(spanwright(folderWith(three), ["show"], variables).stdout.includes("\u001b[32m✓")).toBe(isColored);
});

test("a reader that has seen enough ends the command quietly", async () => {
  const many = Array.from({ length: 3000 }, (_, n) => rootSpan(n.toString(16).padStart(8, "0"), "main", n));
  const child = spawn(process.execPath, [cli, "show", "--last", "3000"], { cwd: folderWith(many), stdio: "pipe" });
  const exit = once(child, "exit");
  child.stdout.once("data", () => child.stdout.destroy());
  expect(await text(child.stderr)).toBe("");
  expect(await exit).toEqual([0, null]);
});
