import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { runBareAndTraced } from "./bare-and-traced.ts";
import { NODES } from "./installed.ts";
import { workFolder } from "./programs.ts";

const folder = workFolder("exceptions");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What an AsyncLocalStorage that is used leaves on promises, by the line of Node; nothing on those that are not named. */
const SYMBOLS: Readonly<Record<string, string>> = {
  "Node 22": "Symbol(async_id_symbol), Symbol(kResourceStore), Symbol(trigger_async_id_symbol)",
};

describe.each(Object.entries(NODES))("on %s", (line, node) => {
  test("promises have the symbol properties of a program that uses an AsyncLocalStorage itself", () => {
    const show = [
      "const traced = async () => { await null; };",
      "await traced();",
      "const symbols = Object.getOwnPropertySymbols(Promise.resolve());",
      "console.log(symbols.map(String).sort().join(', '));",
    ];
    const { bare, traced } = runBareAndTraced(folder, "symbols.js", show, node());
    const storage = ["import { AsyncLocalStorage } from 'node:async_hooks';", "new AsyncLocalStorage().enterWith(1);"];
    const using = runBareAndTraced(folder, "storage.js", [...storage, ...show], node());
    expect(bare.output).toBe("\n");
    expect(traced.output).toBe(`${SYMBOLS[line] ?? ""}\n`);
    expect(using.bare.output).toBe(traced.output);
  });

  test("unhandled rejections, identity and ticks of promises are as on the others", () => {
    const { bare, traced } = runBareAndTraced(
      folder,
      "handled.js",
      [
        "process.on('unhandledRejection', (reason) => console.log('unhandled', reason));",
        "const handles = (promise) => { const own = promise; own.catch(() => {}); return own; };",
        "const promise = Promise.reject('here');",
        "console.log(handles(promise) === promise);",
        "Promise.resolve().then(() => console.log('tick'));",
        "handles(Promise.resolve(1)).then(console.log);",
      ],
      node(),
    );
    expect(bare.output).toBe("true\ntick\n1\n");
    expect(traced).toEqual(bare);
  });
});
