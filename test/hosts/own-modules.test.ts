import { join } from "node:path";
import { expect, test } from "vitest";
import { Build } from "../../transformer/build.ts";

const root = join(import.meta.dirname, "../..");

test.each(["dist/runtime/compiled.js", "dist/cjs/runtime/compiled.js", "dist/browser/runtime/compiled.js"])(
  "spanwright's own %s is never traced, however it is linked",
  (module) => {
    const build = new Build({ select: "all" }, "a test", root);
    expect(build.enters(join(root, module))).toBe(false);
    expect(build.enters(join(root, module.replace("dist", "src")))).toBe(true);
  },
);
