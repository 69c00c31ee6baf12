import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { run, workFolder, write } from "../programs.ts";

/** A file that was not built says so once, and goes on. */

const folder = workFolder("unbuilt");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MODULE = `
import { trace } from "spanwright";
import * as sw from "spanwright";
function first(x) { trace({ name: "first", attributes: { x } }); return x; }
async function* second() { sw.trace(); yield* [1, 2]; }
for (let i = 0; i < 3; i++) first(i);
const items = [];
for await (const item of second()) items.push(item);
console.log(first(3), items);
`;

const COMMONJS = `
const { trace } = require("spanwright");
const f = () => { trace({}); return 1; };
console.log(f(), f());
`;

describe("marker calls of a file that was not built", () => {
  test.each([
    ["an ES module", "module.mjs", MODULE, "3 [ 1, 2 ]\n", "4:21"],
    ["CommonJS", "commonjs.cjs", COMMONJS, "1 1\n", "3:19"],
  ])("are told once, with the place of the first of them (%s)", (_kind, name, text, output, place) => {
    const seen = run(write(folder, [{ name, text }]));
    expect({ output: seen.output, status: seen.status }).toEqual({ output, status: 0 });
    const [line, ...more] = seen.errors.split("\n");
    expect(line).toMatch(/^spanwright: .* this file was not compiled .* \[SW2101\]$/);
    expect(line).toContain(`/${name}:${place}: `);
    expect(more).toEqual([""]);
  });
});

test("a wrapper around a literal does its work at run time, and says nothing", () => {
  const text = 'import { trace } from "spanwright";\nconsole.log(trace((x) => x + 1, { name: "next" })(1));\n';
  expect(run(write(folder, [{ name: "wrapper.mjs", text }]))).toEqual({ output: "2\n", errors: "", status: 0 });
});
