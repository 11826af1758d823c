import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** The state machine of examples/fleet-stepfunctions, checked and executed: `npm test -- --only step-functions`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "stepfunctions",
    include: ["*.test.ts"],
    globalSetup: "./setup.ts",
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Each starts functions, and there may be two cores.
    fileParallelism: false,
  },
});
