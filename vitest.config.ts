import { defineConfig } from "vitest/config";

const exclude = ["**/node_modules/**", "test/corpus/**", "test/fixtures/**"];

export default defineConfig({
  test: {
    globalSetup: "tools/warn-outdated.ts",
    pool: "forks",
    maxWorkers: 2,
    // Many tests start a process or a compiler of their own, two at a time on a small machine.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      { extends: true, test: { name: "quick", include: ["test/**/*.test.ts"], exclude } },
      // What a release must hold: it packs, installs from the registry, and takes minutes.
      { extends: true, test: { name: "release", include: ["test/**/*.release.ts"], exclude } },
    ],
  },
});
