import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** The promises of examples/lambda, as far as they can be tried without AWS: `npm test -- --only lambda-recipes`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  test: {
    name: "lambda-recipes",
    include: ["*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 900_000,
    fileParallelism: false,
  },
});
