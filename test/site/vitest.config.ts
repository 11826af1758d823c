import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

import { alias } from "../../vitest.config";

/** Tests of the built site's pages: `npm test -- --only pi-page`. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  resolve: { alias },
  test: {
    name: "site",
    include: ["*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // The digits of the pages are held against those of the native binary.
    env: { COMPUTE_PI_RS_BINARY: fileURLToPath(new URL("../../index.node", import.meta.url)) },
  },
});
