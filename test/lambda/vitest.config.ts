import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** The functions of examples/lambda in the runtimes of Lambda, and the emulator that they run in: `npm test -- --only lambda`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "lambda",
    include: ["*.test.ts", "../../tools/lambda-emulator/test/*.test.ts"],
    globalSetup: "./setup.ts",
    // Emulated and throttled processes take their time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Times that depend on each other, and two cores.
    fileParallelism: false,
  },
});
