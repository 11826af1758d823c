import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** The examples for fleets, with a real Redis, on hosts of their own where that is possible: `npm test -- --only fleet`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "fleet",
    include: ["*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Locks that end after seconds and two cores.
    fileParallelism: false,
  },
});
