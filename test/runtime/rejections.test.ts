import { describe, expect, test } from "vitest";
import { run } from "./programs/program.ts";

/** What happened in a case; `same`: whether each rejection was the reason itself. */
interface Counted {
  readonly name: string;
  readonly count: number;
  readonly same: boolean;
}

function counted(kind: "bare" | "traced"): Counted[] {
  return run("rejections.ts", [kind]).lines.filter(isCounted);
}

function isCounted(line: unknown): line is Counted {
  return typeof line === "object" && line !== null && "name" in line && "count" in line;
}

const bare = counted("bare");
const traced = counted("traced");

describe("unhandled rejections", () => {
  test("are seen, one where nobody handles it and none where somebody does", () => {
    expect(new Set(bare.map(({ count }) => count))).toEqual(new Set([0, 1]));
  });

  test.each(bare)("of $name are those of the untraced program", (expected) => {
    expect(traced.find(({ name }) => name === expected.name)).toEqual(expected);
  });
});
