import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** Tests that need binaries of several platforms, emulators or tools that are fetched first: `npm test -- --only binaries`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "binaries",
    include: ["*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Emulated processes share two cores with each other badly.
    fileParallelism: false,
  },
});
