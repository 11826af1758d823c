import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** The package in browsers, from what bundlers make of it, and in other hosts: `npm test -- --only browser`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "browser",
    include: ["*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
