import { describe, expect, test } from "vitest";
import { run } from "./programs/program.ts";

const names = run("rejections.ts", ["names", "bare"]).lines[0];

describe("unhandled rejections", () => {
  test.each(Array.isArray(names) ? names : [])("of %s are those of the untraced program", (name) => {
    const traced = run("rejections.ts", [name, "traced"]).lines;
    expect(traced).toEqual(run("rejections.ts", [name, "bare"]).lines);
    expect(traced).toHaveLength(1);
  });
});
