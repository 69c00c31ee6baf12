import { describe, expect, test } from "vitest";
import { instrument } from "../../transformer/instrument.ts";

describe("a comment above a function that looks like a misspelt mark is a warning", () => {
  test.each([
    ["// @Trace", "`@Trace`"],
    ["// @TRACE { name: 'a' }", "`@TRACE`"],
    ["//@traced", "`@traced`"],
    ["// @traces", "`@traces`"],
    ["/* @tracing */", "`@tracing`"],
    ["/**\n * Adds.\n * @Trace\n */", "`@Trace`"],
    ["// @trac", "`@trac`"],
    ["// @tarce", "`@tarce`"],
    ["// @trcae { root: true }", "`@trcae`"],
    ["// @ trace", "`@ trace`"],
    ["/// @trace", "`/// @trace`"],
    ["/*! @trace */", "`/*! @trace`"],
    ["// trace { name: 'a' }", "`trace`"],
  ])("%j", (comment, seen) => {
    for (const below of ["export const f = () => 1;", "class A { f() {} }"]) {
      const { sites, diagnostics = [] } = instrument(`${comment}\n${below}`, "src/case.ts") ?? {};
      expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([["SW1012", "warning"]]);
      expect(diagnostics[0]?.message).toContain(seen);
      expect(sites).toEqual([]);
    }
  });
});

describe("a comment that means something else is left alone", () => {
  test.each([
    ["// @tracer\nfunction f() {}"],
    ["// @track\nfunction f() {}"],
    ["// @race\nfunction f() {}"],
    ["// @trace-id\nfunction f() {}"],
    ["// trace\nfunction trace() {}"],
    ["// trace the call\nfunction f() {}"],
    ["// Put @Trace above a function\nfunction f() {}"],
    ["/** what a @trace does, and a @Trace does not */\nfunction f() {}"],
    ["// @Trace\nconst notAFunction = 1;"],
    ["// @Trace"],
    ["@Trace\nclass A { @traced f() {} }"],
  ])("%j", (source) => {
    expect(instrument(source, "src/case.ts")).toBeNull();
  });
});

test("`strict` makes errors of warnings", () => {
  const source = "// @traced\nfunction f() {}";
  const severities = [false, true].map(
    (strict) => instrument(source, "src/case.ts", { strict })?.diagnostics[0]?.severity,
  );
  expect(severities).toEqual(["warning", "error"]);
});

test("`@trace off` and a marker call of one function contradict each other", () => {
  const source = "import { trace } from 'spanwright';\n// @trace off\nfunction f() { trace(); }";
  expect(instrument(source, "src/case.ts")).toMatchObject({ sites: [], diagnostics: [{ code: "SW1013" }] });
});

test("a marker call says more than `@trace off` above its class", () => {
  const source = "import { trace } from 'spanwright';\n// @trace off\nclass A { f() { trace(); } g() {} }";
  expect(instrument(source, "src/case.ts", { select: "all" })?.sites.map(({ name }) => name)).toEqual(["f"]);
});
