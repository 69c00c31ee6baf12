import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { init, SpanwrightError } from "../../runtime/index.ts";
import { run } from "./programs/program.ts";

const DEFAULT = ".spanwright/traces.db";

/** Whether a call was recorded, and which of the stores there may be were written. */
function configured(options: unknown, env: Record<string, string> = {}) {
  const stores: string[] = [];
  const { lines, stderr } = run("configured.ts", [JSON.stringify(options)], env, (folder) => {
    for (const path of [DEFAULT, "own.db", "env.db"]) if (existsSync(join(folder, path))) stores.push(path);
  });
  return { on: lines[0], stores, stderr };
}

describe("a traced function is recorded", () => {
  test.each<[string, unknown, Record<string, string>, boolean, string[]]>([
    ["with nothing configured, in the default store", null, {}, true, [DEFAULT]],
    ["not in production", null, { NODE_ENV: "production" }, false, []],
    ["not in tests", null, { NODE_ENV: "test" }, false, []],
    ["in production when a store is given", { store: "own.db" }, { NODE_ENV: "production" }, true, ["own.db"]],
    ["in production when enabled", { enabled: true }, { NODE_ENV: "production" }, true, [DEFAULT]],
    ["in production when the environment says where", null, { NODE_ENV: "production", SPANWRIGHT_STORE: "env.db" }, true, ["env.db"]], // biome-ignore format: a row
    ["in init's store rather than the environment's", { store: "own.db" }, { SPANWRIGHT_STORE: "env.db" }, true, ["own.db"]], // biome-ignore format: a row
    ["not when the environment says off", null, { SPANWRIGHT_STORE: "off" }, false, []],
    ["in no store when init says so", { store: false }, {}, true, []],
    ["not when disabled", { enabled: false, store: "own.db" }, {}, false, []],
    ["not when OpenTelemetry is disabled", { store: "own.db" }, { OTEL_SDK_DISABLED: "true" }, false, []],
  ])("%s", (_, options, env, on, stores) => {
    expect(configured(options, env)).toEqual({ on, stores, stderr: "" });
  });

  test("until the store cannot be opened, which is said once with what was dropped", () => {
    const { on, stderr } = configured({ store: "/dev/null/traces.db" });
    expect(on).toBe(true);
    expect(stderr).toMatch(/\[SW2006\]\n.*1 finished span was dropped.*\[SW2108\]\n$/s);
  });
});

describe("init", () => {
  test.each<[string, unknown, string, RegExp]>([
    ["no object", 1, "SW2115", /options are enabled, store/],
    ["an option there is none of", { stor: "x" }, "SW2100", /no option "stor".*enabled, store/s],
    ["an empty path", { store: "" }, "SW2115", /the option store .*path of a file/],
    ["a processor that is none", { spanProcessors: [{}] }, "SW2115", /onStart, onEnd/],
    ["a limit that is no limit", { capture: { maxDepth: 0 } }, "SW2115", /positive integers: maxDepth/],
    ["a limit there is none of", { capture: { depth: 1 } }, "SW2115", /maxDepth/],
    ["a chunk limit below one", { chunkLimit: 0 }, "SW2115", /positive integer/],
    ["a name that is none", { redact: [1] }, "SW2115", /strings and regular expressions/],
  ])("refuses %s", (_, options, code, message) => {
    const call = () => Reflect.apply(init, null, [options]);
    expect(call).toThrow(SpanwrightError);
    expect(call).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});
